/// Weighs audio by frequency as ears do: the K-weighting of ITU-R BS.1770-4, annex 1, for two channels at 48 kHz.
struct KWeighting {
    /// A filter of second order whose state holds all of its past, for two channels at once.
    ///
    /// With the direct path taken out of the state's coefficients a sample waits for one product and one difference of
    /// the sample before it, and no more.
    private struct Filter {
        private let direct: Double
        private let input: (Double, Double)
        private let feedback: (Double, Double)
        private var state = (SIMD2<Double>(), SIMD2<Double>())

        init(b0: Double, b1: Double, b2: Double, a1: Double, a2: Double) {
            direct = b0
            input = (b1 - a1 * b0, b2 - a2 * b0)
            feedback = (a1, a2)
        }

        @inline(__always)
        mutating func next(_ sample: SIMD2<Double>) -> SIMD2<Double> {
            let (first, second) = state
            state.0 = (second + input.0 * sample) - feedback.0 * first
            state.1 = input.1 * sample - feedback.1 * first
            return direct * sample + first
        }

        /// Forgets what has died away, before its numbers become so small that computing with them is slow.
        mutating func settle() {
            let loudest = max(abs(state.0[0]), abs(state.0[1]), abs(state.1[0]), abs(state.1[1]))
            if !(1e-30...1e30).contains(loudest) { state = (.zero, .zero) }
        }
    }

    /// The head: a shelf (table 1).
    private var head = Filter(
        b0: 1.53512485958697,
        b1: -2.69169618940638,
        b2: 1.19839281085285,
        a1: -1.69065929318241,
        a2: 0.73248077421585
    )
    /// Low tones, which are heard less (table 2).
    private var low = Filter(b0: 1, b1: -2, b2: 1, a1: -1.99004745483398, a2: 0.99007225036621)

    /// Takes the next samples of one or two channels, interleaved.
    ///
    /// - Returns: The sum of the weighed samples' squares, of all channels.
    mutating func power(of samples: Span<Float>, channels: Int) -> Double {
        // On copies, that live in registers.
        var (head, low) = (head, low)
        var power = SIMD2<Double>()
        samples.withUnsafeBufferPointer { samples in
            for frame in 0..<samples.count / channels {
                let place = frame &* channels
                let sample = SIMD2(Double(samples[place]), channels == 1 ? 0 : Double(samples[place &+ 1]))
                let weighed = low.next(head.next(sample))
                power += weighed * weighed
            }
        }
        head.settle()
        low.settle()
        (self.head, self.low) = (head, low)
        return power.sum()
    }
}
