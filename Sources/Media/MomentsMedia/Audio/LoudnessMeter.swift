internal import CEbur128

/// Measures loudness as people hear it (EBU R 128, ITU-R BS.1770), by libebur128.
public struct LoudnessMeter: ~Copyable {
    private let state: UnsafeMutablePointer<ebur128_state>
    private let channels: Int

    /// Makes a meter; nil where memory runs out or the format is absurd.
    ///
    /// - Parameters:
    ///   - channels: 1 to 8, in a reel's order.
    ///   - rate: Samples per second.
    ///   - truePeak: Whether to look between the samples too, at some ten times the cost.
    public init?(channels: Int, rate: Int = 48_000, truePeak: Bool = false) {
        let mode = truePeak ? EBUR128_MODE_I.rawValue | EBUR128_MODE_TRUE_PEAK.rawValue : EBUR128_MODE_I.rawValue
        guard let state = ebur128_init(UInt32(channels), UInt(rate), CInt(mode)) else { return nil }
        self.state = state
        self.channels = channels
        // The library takes four channels for two in front and two behind; a reel has three in front.
        if channels == 4 {
            for (number, place) in [EBUR128_LEFT, EBUR128_RIGHT, EBUR128_CENTER, EBUR128_Mp180].enumerated() {
                ebur128_set_channel(state, UInt32(number), CInt(place.rawValue))
            }
        }
    }

    deinit {
        var state: UnsafeMutablePointer<ebur128_state>? = state
        ebur128_destroy(&state)
    }

    /// Adds interleaved samples; a last incomplete one is left out.
    public mutating func add(_ samples: Span<Float>) {
        samples.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            _ = ebur128_add_frames_float(state, start, samples.count / channels)
        }
    }

    /// The gated loudness of everything, in LUFS; minus infinity for silence.
    public var integrated: Double { value { ebur128_loudness_global(state, &$0) } }

    /// The highest peak of any channel, between the samples too.
    ///
    /// 1 is full scale; 0 unless the meter was made for it.
    public var peak: Double {
        (0..<UInt32(channels)).reduce(0) { highest, channel in
            max(highest, value { ebur128_true_peak(state, channel, &$0) })
        }
    }

    private func value(_ read: (inout Double) -> CInt) -> Double {
        var result = -Double.infinity
        return read(&result) == 0 ? result : -.infinity
    }
}
