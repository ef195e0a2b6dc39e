internal import Glibc
internal import MomentsMedia
internal import MomentsSystem

/// What becomes of a reel's audio: each shot's gain, and the peak below which all of it is kept.
struct AudioLevels: Sendable {
    /// In dB, one for each part.
    private(set) var gains: [Double]
    /// The highest peak let through, 1 is full scale; nil where nothing is limited.
    let peak: Double?
    /// The loudness of all of it in LUFS; minus infinity for silence.
    private(set) var loudness = -Double.infinity

    /// The highest peak let through, −2.5 dB: encoding adds up to one more.
    private static let highestPeak = 0.75
    /// The same where that has been too high once, −6 dB: coders add up to three to bursts of noise.
    private static let lowerPeak = 0.5
    /// The most a shot is raised, in dB: more would only raise its noise.
    private static let highestGain = 20.0
    /// How far a shot is evened towards the whole, in dB.
    private static let evening = 4.0

    /// Finds the levels for a loudness; measured after the limiter and corrected, so that the aim is met.
    ///
    /// - Parameters:
    ///   - audio: The shots' audio.
    ///   - target: The loudness in LUFS; nil leaves the levels alone.
    ///   - isCareful: Whether peaks are kept lower than usual.
    /// - Returns: The levels, and how loud they make it.
    /// - Throws: `MediaError`.
    static func find(_ audio: SpooledAudio, target: Double?, isCareful: Bool) throws -> AudioLevels {
        guard let target else {
            var levels = AudioLevels(gains: [Double](repeating: 0, count: audio.parts.count), peak: nil)
            levels.loudness = try levels.measure(audio)
            return levels
        }
        var levels = AudioLevels(
            gains: firstGains(audio.parts, target),
            peak: isCareful ? lowerPeak : highestPeak
        )
        levels.loudness = try levels.measure(audio)
        // The limiter takes back a part of every gain; the last step tells how large a part.
        var yield = 1.0
        for _ in 0..<6 where levels.loudness.isFinite && abs(levels.loudness - target) > 0.3 {
            let step = (target - levels.loudness) / yield
            let next = levels.gains.map { min(max($0 + step, -60), highestGain) }
            if next == levels.gains { break }
            levels.gains = next
            let before = levels.loudness
            levels.loudness = try levels.measure(audio)
            yield = min(max((levels.loudness - before) / step, 0.2), 1)
        }
        return levels
    }

    private init(gains: [Double], peak: Double?) {
        self.gains = gains
        self.peak = peak
    }

    /// Each shot's gain in dB: half-way towards the mean, then all to the target.
    private static func firstGains(_ parts: [SpooledAudio.Part], _ target: Double) -> [Double] {
        let audible = parts.filter { $0.loudness.isFinite && $0.count > 0 }
        let samples = audible.reduce(0.0) { $0 + Double($1.count) }
        guard samples > 0 else { return parts.map { _ in 0 } }
        let mean = audible.reduce(0.0) { $0 + pow(10, $1.loudness / 10) * Double($1.count) } / samples
        let whole = 10 * log10(mean)
        return parts.map { part in
            guard part.loudness.isFinite else { return 0 }
            let evened = min(max((whole - part.loudness) / 2, -evening), evening)
            return min(max(target - whole + evened, -60), highestGain)
        }
    }

    /// How loud audio is at these levels, in LUFS; it is made on one thread and measured on another.
    private func measure(_ audio: SpooledAudio) throws -> Double {
        guard var meter = LoudnessMeter(channels: audio.channels) else { return -.infinity }
        let pieces = pieces(of: audio, isExact: false)
        while let samples = try pieces.next() { meter.add(samples.span) }
        return meter.integrated
    }

    /// The audio at these levels, made on a thread of its own while it is taken.
    func pieces(of audio: SpooledAudio, isExact: Bool = true) -> Prefetcher<[Float], any Error> {
        Prefetcher(Self.ahead) { [self] give in
            let leveled = try LeveledAudio(audio, at: self, isExact: isExact)
            while true {
                let samples = try leveled.next(Self.piece)
                if samples.isEmpty || !give(samples) { return }
            }
        }
    }

    /// Samples of each channel in a piece: a tenth of a second.
    private static let piece = 4800
    /// How many pieces are made ahead.
    private static let ahead = 8
}
