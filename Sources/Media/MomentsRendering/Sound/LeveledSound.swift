internal import Glibc
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// A reel's sound at its final levels: shots evened against each other, faded at the joins, brought to a loudness, limited.
final class LeveledSound {
    private let spool: SoundSpool
    private let gains: [Double]
    private let limiter: SoundLimiter?
    private var position = 0

    /// How long the reel's own start and end fade, in samples: 10 ms, too short to hear, long enough not to click.
    private static let fade = SoundSpool.rate / 100
    /// The highest peak let through, −2.5 dB: encoding adds up to one more.
    private static let peak = 0.75
    /// The same where that has been too high once, −6 dB: coders add up to three to bursts of noise.
    private static let lowerPeak = 0.5
    /// The most a shot is raised, in dB: more would only raise its noise.
    private static let highestGain = 20.0
    /// How far a shot is evened towards the whole, in dB.
    private static let evening = 4.0

    /// Makes the sound; without a peak nothing is limited, and to be measured it need not be exact.
    private init(_ spool: SoundSpool, gains: [Double], peak: Double?, isExact: Bool = true) throws(MediaError) {
        self.spool = spool
        self.gains = gains
        limiter = try peak.map { (peak) throws(MediaError) in
            try SoundLimiter(rate: SoundSpool.rate, channels: spool.channels, peak: peak, isExact: isExact)
        }
    }

    /// Prepares the sound for a loudness; measured after the limiter and corrected, so that the aim is met.
    ///
    /// - Parameters:
    ///   - spool: The shots' sound.
    ///   - target: The loudness in LUFS; nil leaves the levels alone.
    ///   - isCareful: Whether peaks are kept lower than usual.
    /// - Returns: The sound, to be read from its start, and its loudness in LUFS.
    /// - Throws: `RenderError`.
    static func prepare(
        _ spool: SoundSpool,
        target: Double?,
        isCareful: Bool
    ) throws(RenderError) -> (sound: LeveledSound, loudness: Double) {
        do {
            guard let target else {
                let gains = [Double](repeating: 0, count: spool.parts.count)
                let loudness = try LeveledSound(spool, gains: gains, peak: nil).measure()
                return (try LeveledSound(spool, gains: gains, peak: nil), loudness)
            }
            let peak = isCareful ? lowerPeak : Self.peak
            var gains = firstGains(spool.parts, target)
            var loudness = try LeveledSound(spool, gains: gains, peak: peak, isExact: false).measure()
            // The limiter takes back a part of every gain; the last step tells how large a part.
            var yield = 1.0
            for _ in 0..<6 where loudness.isFinite && abs(loudness - target) > 0.3 {
                let step = (target - loudness) / yield
                let next = gains.map { min(max($0 + step, -60), highestGain) }
                if next == gains { break }
                gains = next
                let before = loudness
                loudness = try LeveledSound(spool, gains: gains, peak: peak, isExact: false).measure()
                yield = min(max((loudness - before) / step, 0.2), 1)
            }
            return (try LeveledSound(spool, gains: gains, peak: peak), loudness)
        } catch let error as MediaError { throw .media(error) } catch let error as RenderError { throw error } catch {
            throw .media(MediaError("level", "the sound", code: -1))
        }
    }

    /// Each shot's gain in dB: half-way towards the mean, then all to the target.
    private static func firstGains(_ parts: [SoundSpool.Part], _ target: Double) -> [Double] {
        let heard = parts.filter { $0.loudness.isFinite && $0.count > 0 }
        let samples = heard.reduce(0.0) { $0 + Double($1.count) }
        guard samples > 0 else { return parts.map { _ in 0 } }
        let mean = heard.reduce(0.0) { $0 + pow(10, $1.loudness / 10) * Double($1.count) } / samples
        let whole = 10 * log10(mean)
        return parts.map { part in
            guard part.loudness.isFinite else { return 0 }
            let evened = min(max((whole - part.loudness) / 2, -evening), evening)
            return min(max(target - whole + evened, -60), highestGain)
        }
    }

    /// The next samples of each channel, about `count`; empty at the end.
    func next(_ count: Int) throws(RenderError) -> [Float] {
        do {
            while position < spool.count {
                let samples = try mix(position..<min(position + count, spool.count))
                position += samples.count / spool.channels
                guard let limiter else { return samples }
                var limited = try limiter.process(samples)
                if position >= spool.count { limited += try limiter.finish() }
                if !limited.isEmpty { return limited }
            }
            return []
        } catch let error as MediaError { throw .media(error) } catch let error as RenderError { throw error } catch {
            throw .media(MediaError("read", "the sound kept for the reel", code: -5))
        }
    }

    private func measure() throws(RenderError) -> Double {
        guard var meter = LoudnessMeter(channels: spool.channels) else { return -.infinity }
        while true {
            let samples = try next(SoundSpool.rate)
            if samples.isEmpty { return meter.integrated }
            meter.add(samples.span)
        }
    }

    /// The shots' sound at its levels, each faded into the next with the same power throughout.
    private func mix(_ range: Range<Int>) throws(SystemError) -> [Float] {
        let channels = spool.channels
        var mixed = [Float](repeating: 0, count: range.count * channels)
        for (number, part) in spool.parts.enumerated() {
            let whole = part.start - part.before..<part.start + part.count + part.after
            let own = range.clamped(to: whole)
            guard !own.isEmpty else { continue }
            let samples = try spool.read(own.count, at: part.place + own.lowerBound - whole.lowerBound)
            for index in 0..<samples.count / channels {
                let factor = Float(factors[number]) * Self.fade(at: own.lowerBound + index, of: part)
                let place = (own.lowerBound + index - range.lowerBound) * channels
                for channel in 0..<channels { mixed[place + channel] += samples[index * channels + channel] * factor }
            }
        }
        return mixed
    }

    /// How much of a part is heard at a sample of the reel: 0–1.
    private static func fade(at place: Int, of part: SoundSpool.Part) -> Float {
        func share(_ done: Int, _ reach: Int) -> Float {
            let length = reach > 0 ? 2 * reach : fade
            guard done < length else { return 1 }
            return Float(sin((Double(max(0, done)) + 0.5) / Double(length) * .pi / 2))
        }
        let end = part.start + part.count + part.after - 1
        return share(place - part.start + part.before, part.before) * share(end - place, part.after)
    }

    private lazy var factors = gains.map { pow(10, $0 / 20) }
}
