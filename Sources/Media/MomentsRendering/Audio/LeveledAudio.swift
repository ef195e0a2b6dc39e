internal import Glibc
internal import MomentsMedia
internal import MomentsSystem

/// A reel's audio at its final levels: shots evened against each other, faded at the joins, brought to a loudness,
/// limited.
///
/// Read once, on one thread.
final class LeveledAudio {
    private let audio: SpooledAudio
    /// What each part is multiplied by.
    private let factors: [Float]
    private let limiter: AudioLimiter?
    private var position = 0

    /// How long the reel's own start and end fade, in samples: 10 ms, too short to hear, long enough not to click.
    private static let fade = AudioSpool.rate / 100

    /// Makes the audio.
    ///
    /// - Parameters:
    ///   - audio: The shots' audio.
    ///   - levels: Without a peak nothing is limited.
    ///   - isExact: Whether peaks between the samples count; to be measured they need not.
    /// - Throws: `MediaError`.
    init(_ audio: SpooledAudio, at levels: AudioLevels, isExact: Bool = true) throws {
        self.audio = audio
        factors = levels.gains.map { Float(pow(10, $0 / 20)) }
        limiter = try levels.peak.map { peak in
            try AudioLimiter(rate: AudioSpool.rate, channels: audio.channels, peak: peak, isExact: isExact)
        }
    }

    /// The next samples of each channel, about `count`; empty at the end.
    func next(_ count: Int) throws -> [Float] {
        while position < audio.count {
            let samples = try mix(position..<min(position + count, audio.count))
            position += samples.count / audio.channels
            guard let limiter else { return samples }
            var limited = try limiter.process(samples)
            if position >= audio.count { limited += try limiter.finish() }
            if !limited.isEmpty { return limited }
        }
        return []
    }

    /// The shots' audio at its levels, each faded into the next with the same power throughout.
    private func mix(_ range: Range<Int>) throws -> [Float] {
        let channels = audio.channels
        var mixed = [Float](repeating: 0, count: range.count * channels)
        for (part, factor) in zip(audio.parts, factors) {
            let own = range.clamped(to: part.whole)
            guard !own.isEmpty else { continue }
            let samples = try audio.file.read(own.count, at: part.place + own.lowerBound - part.whole.lowerBound)
            let shift = (own.lowerBound - range.lowerBound) * channels
            let even = Self.evenSegment(of: part, in: own)
            for place in [own.lowerBound..<even.lowerBound, even.upperBound..<own.upperBound].joined() {
                let faded = factor * Self.fade(at: place, of: part)
                let first = (place - own.lowerBound) * channels
                for index in first..<first + channels { mixed[shift + index] += samples[index] * faded }
            }
            let first = (even.lowerBound - own.lowerBound) * channels
            for index in first..<first + even.count * channels { mixed[shift + index] += samples[index] * factor }
        }
        return mixed
    }

    /// How many samples a part takes to come or to go.
    private static func length(_ reach: Int) -> Int { reach > 0 ? 2 * reach : fade }

    /// Where in a segment a part is heard as it is.
    private static func evenSegment(of part: SpooledAudio.Part, in own: Range<Int>) -> Range<Int> {
        let start = min(max(part.whole.lowerBound + length(part.before), own.lowerBound), own.upperBound)
        return start..<max(start, min(part.whole.upperBound - length(part.after), own.upperBound))
    }

    /// How much of a part is heard at a sample of the reel: 0–1.
    private static func fade(at place: Int, of part: SpooledAudio.Part) -> Float {
        func share(_ done: Int, _ reach: Int) -> Float {
            let length = length(reach)
            guard done < length else { return 1 }
            return Float(sin((Double(max(0, done)) + 0.5) / Double(length) * .pi / 2))
        }
        return share(place - part.whole.lowerBound, part.before) * share(part.whole.upperBound - 1 - place, part.after)
    }
}
