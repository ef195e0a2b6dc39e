internal import Glibc

/// Follows loudness as people hear it at this moment (EBU R 128: the last 400 ms) in audio of 48 kHz, and nothing else.
///
/// libebur128 gives the same figures for five times the work: it takes one channel after the other, and each sample
/// waits for all sums of the one before. As all of a video's audio is listened to, that would be half the cost of
/// listening.
public struct MomentaryMeter: Sendable {
    /// How many steps of 50 ms the momentary loudness spans.
    private static let span = 8

    private let channels: Int
    private var weighting = KWeighting()
    /// The mean power of the last steps, in no order.
    private var powers = [Double](repeating: 0, count: span)
    private var next = 0

    /// Makes a meter for one or two channels.
    public init(channels: Int) {
        precondition((1...2).contains(channels))
        self.channels = channels
    }

    /// Adds 50 ms of interleaved samples.
    ///
    /// - Parameter samples: A twentieth of a second of each channel.
    /// - Returns: The loudness of the 400 ms that end with them, in LUFS; minus infinity for silence.
    public mutating func add(_ samples: Span<Float>) -> Double {
        let frames = max(1, samples.count / channels)
        powers[next] = weighting.power(of: samples, channels: channels) / Double(frames)
        next = (next + 1) % Self.span
        let power = powers.reduce(0, +) / Double(Self.span)
        // ITU-R BS.1770-4, formula 2.
        return power > 0 ? 10 * log10(power) - 0.691 : -.infinity
    }
}
