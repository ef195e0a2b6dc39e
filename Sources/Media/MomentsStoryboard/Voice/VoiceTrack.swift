internal import Glibc
internal import MomentsMedia

/// The voice over a clip: sentences with pauses between them, as loud as a clip is to be.
public struct VoiceTrack: Sendable {
    /// Samples per second, of one channel.
    public static let rate = 48_000
    /// The pause before the first sentence and behind the last one, in seconds.
    public static let margin = 0.35
    /// The pause between two sentences, in seconds.
    public static let pause = 0.3
    /// The loudness of the voice, in LUFS.
    public static let loudness = -16.0

    /// The sentences, in their order.
    public private(set) var sentences: [SpokenText] = []
    /// The sound, one channel.
    public private(set) var samples: [Float] = []

    /// Makes an empty track.
    public init() {}

    /// How long it is with the pause at its end, in seconds; 0 without a sentence.
    public var length: Double { sentences.last.map { $0.end + Self.margin } ?? 0 }

    /// Adds a sentence.
    ///
    /// - Parameters:
    ///   - text: Its words.
    ///   - sound: Its sound, one channel; silence around it is left out.
    ///   - earliest: When it may start at the earliest, in seconds.
    public mutating func add(_ text: String, _ sound: [Float], notBefore earliest: Double = 0) {
        let sound = Self.trimmed(sound)
        let start = max(earliest + Self.margin, sentences.last.map { $0.end + Self.pause } ?? Self.margin)
        let first = Int(start * Double(Self.rate))
        samples += [Float](repeating: 0, count: max(0, first - samples.count)) + sound
        sentences.append(
            SpokenText(text: text, start: start, end: start + Double(sound.count) / Double(Self.rate))
        )
    }

    /// The track with silence up to a length, brought to its loudness; peaks stay below −1.5 dB.
    ///
    /// - Parameter seconds: How long it is to be at least.
    /// - Returns: The samples, one channel.
    /// - Throws: `MediaError`.
    public func leveled(to seconds: Double) throws -> [Float] {
        var samples = samples
        let wanted = Int((seconds * Double(Self.rate)).rounded())
        samples += [Float](repeating: 0, count: max(0, wanted - samples.count))
        // A second pass makes up for what the limiter took.
        for _ in 0..<2 {
            guard var meter = LoudnessMeter(channels: 1, rate: Self.rate) else {
                throw MediaError.unfit("its loudness cannot be measured")
            }
            meter.add(samples.span)
            let loudness = meter.integrated
            guard loudness.isFinite, loudness > -70 else { return samples }
            let gain = Float(pow(10, (Self.loudness - loudness) / 20))
            for index in samples.indices { samples[index] *= gain }
            let limiter = try AudioLimiter(rate: Self.rate, channels: 1, peak: 0.84)
            samples = try limiter.process(samples) + limiter.finish()
        }
        return samples
    }

    /// Sound without the silence around it; the first 10 ms and the last 60 ms around what is heard stay.
    private static func trimmed(_ sound: [Float]) -> [Float] {
        let loud: Float = 0.004
        guard let first = sound.firstIndex(where: { abs($0) > loud }),
            let last = sound.lastIndex(where: { abs($0) > loud })
        else { return [] }
        return Array(sound[max(0, first - rate / 100)..<min(sound.count, last + rate * 6 / 100)])
    }
}
