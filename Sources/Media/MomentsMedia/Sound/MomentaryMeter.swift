internal import CEbur128
internal import Glibc

/// Follows loudness as people hear it at this moment (EBU R 128: the last 400 ms), by libebur128, and nothing else.
///
/// A third of the cost of a `LoudnessMeter` asked as often: each stretch of sound is weighed once, not eight times.
public struct MomentaryMeter: ~Copyable {
    /// How many times a second it is asked.
    private static let steps = 20
    /// How many of these steps the momentary loudness spans.
    private static let span = 8

    private let state: UnsafeMutablePointer<ebur128_state>
    private let channels: Int
    /// The mean power of the last steps, in no order.
    private var powers = [Double](repeating: 0, count: span)
    private var next = 0

    /// Makes a meter; nil where memory runs out or the format is absurd.
    ///
    /// - Parameters:
    ///   - channels: 1 to 8, in libav's default order.
    ///   - rate: Samples per second.
    public init?(channels: Int, rate: Int = 48_000) {
        guard let state = ebur128_init(UInt32(channels), UInt(rate), CInt(EBUR128_MODE_M.rawValue)) else { return nil }
        self.state = state
        self.channels = channels
    }

    deinit {
        var state: UnsafeMutablePointer<ebur128_state>? = state
        ebur128_destroy(&state)
    }

    /// Adds 50 ms of interleaved samples.
    ///
    /// - Parameter samples: A twentieth of a second of each channel.
    /// - Returns: The loudness of the 400 ms that end with them, in LUFS; minus infinity for silence.
    public mutating func add(_ samples: Span<Float>) -> Double {
        samples.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            _ = ebur128_add_frames_float(state, start, samples.count / channels)
        }
        var loudness = -Double.infinity
        let result = ebur128_loudness_window(state, UInt(1000 / Self.steps), &loudness)
        // ITU-R BS.1770-4, formula 2, the other way round.
        powers[next] = result == 0 && loudness.isFinite ? pow(10, (loudness + 0.691) / 10) : 0
        next = (next + 1) % Self.span
        let power = powers.reduce(0, +) / Double(Self.span)
        return power > 0 ? 10 * log10(power) - 0.691 : -.infinity
    }
}
