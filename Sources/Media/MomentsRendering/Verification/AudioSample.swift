internal import Glibc
internal import MomentsCore

/// A second or so of sound, small enough to be compared at every shift: its waveform below 2 kHz, and its envelope.
struct AudioSample {
    /// The first sample, counted at the rate sound is taken at.
    let start: Int
    /// How many samples it spans.
    let count: Int
    private(set) var waves: [Float]
    private var sizes: [Float]
    private var filled = 0

    /// Samples per second of each channel that it takes.
    static let rate = 48_000
    /// So many of them become one: 4,000 a second are left.
    private static let step = 12
    /// So many of those become one of the envelope: 500 a second.
    private static let coarse = 8

    /// Starts empty.
    init(start: Int, count: Int) {
        (self.start, self.count) = (start, count)
        waves = [Float](repeating: 0, count: count / Self.step)
        sizes = waves
    }

    /// The same segment and `margin` samples around it.
    func widened(by margin: Int, movedBy offset: Int) -> AudioSample {
        AudioSample(start: start + offset - margin, count: count + 2 * margin)
    }

    /// Takes interleaved samples of which the first one is heard at a sample.
    mutating func take(_ samples: [Float], from first: Int, channels: Int) {
        let window = (start..<start + waves.count * Self.step).clamped(to: first..<first + samples.count / channels)
        guard !window.isEmpty else { return }
        var (waves, sizes) = (waves, sizes)
        (self.waves, self.sizes) = ([], [])
        let share = 1 / Float(channels * Self.step)
        for place in window {
            let slot = (place - start) / Self.step
            var sum: Float = 0
            for index in (place - first) * channels..<(place - first + 1) * channels { sum += samples[index] }
            waves[slot] += sum * share
            sizes[slot] += abs(sum) * share
        }
        (self.waves, self.sizes) = (waves, sizes)
        filled += window.count
    }

    /// Whether so many of its samples were heard, but for what does not fill a step.
    func holds(_ count: Int) -> Bool { filled >= count / Self.step * Self.step }

    /// How loud it is, in dB of full scale.
    var level: Double {
        let power = sizes.reduce(Float(0)) { $0 + $1 * $1 } / Float(max(1, sizes.count))
        return power > 0 ? 10 * log10(Double(power)) : -200
    }

    /// How a reel's sound lies to its source's.
    struct Match {
        /// Seconds by which the source's is found later than it should be, where it fits best.
        let shift: Double
        /// How well it fits there: −1…1.
        let best: Double
        /// How well it fits as near as is allowed.
        let near: Double
        /// Whether waveforms were compared; else envelopes.
        var isOfWaves = false
    }

    /// Compares with a longer sample of the source.
    ///
    /// - Parameters:
    ///   - other: This one `widened`, taken from the source.
    ///   - tolerance: The shift that counts as none, in seconds.
    /// - Returns: Where the waveform fits, or the envelope where the sound lies too high; nil where it is too even.
    func match(in other: AudioSample, tolerance: Double) -> Match? {
        let low = waves.reduce(Float(0)) { $0 + $1 * $1 }
        let all = sizes.reduce(Float(0)) { $0 + $1 * $1 }
        guard all > 0 else { return nil }
        if low > 0.05 * all {
            var match = Self.match(waves, other.waves, 4000, tolerance)
            match?.isOfWaves = true
            return match
        }
        let (own, found) = (Self.envelope(sizes), Self.envelope(other.sizes))
        let mean = own.reduce(0, +) / Float(max(1, own.count))
        let spread = own.reduce(Float(0)) { $0 + ($1 - mean) * ($1 - mean) } / Float(max(1, own.count))
        return spread.squareRoot() > 0.2 * mean ? Self.match(own, found, 500, tolerance) : nil
    }

    private static func envelope(_ sizes: [Float]) -> [Float] {
        stride(from: 0, to: sizes.count - coarse + 1, by: coarse).map { begin in
            sizes[begin..<begin + coarse].reduce(0, +) / Float(coarse)
        }
    }

    private static func match(_ own: [Float], _ other: [Float], _ rate: Double, _ tolerance: Double) -> Match? {
        let margin = (other.count - own.count) / 2
        guard margin > 0, own.count > 100 else { return nil }
        let fits = (0...2 * margin).map { fit(own, other[$0..<$0 + own.count]) }
        guard let best = fits.indices.max(by: { fits[$0] < fits[$1] }) else { return nil }
        let reach = min(margin, Int((tolerance * rate).rounded(.up)))
        let near = fits[margin - reach...margin + reach].max() ?? 0
        return Match(shift: Double(best - margin) / rate, best: Double(fits[best]), near: Double(near))
    }

    /// The correlation of two pieces of one length: −1…1.
    private static func fit(_ one: [Float], _ other: ArraySlice<Float>) -> Float {
        let count = Float(one.count)
        var (a, b, ab, aa, bb): (Float, Float, Float, Float, Float) = (0, 0, 0, 0, 0)
        let begin = other.startIndex
        for place in one.indices {
            let (x, y) = (one[place], other[begin &+ place])
            a += x
            b += y
            ab += x * y
            aa += x * x
            bb += y * y
        }
        let (varianceA, varianceB) = (aa - a * a / count, bb - b * b / count)
        return varianceA > 0 && varianceB > 0 ? (ab - a * b / count) / (varianceA * varianceB).squareRoot() : 0
    }
}
