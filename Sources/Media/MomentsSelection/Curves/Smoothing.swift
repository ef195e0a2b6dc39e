internal import Glibc

/// Evens a curve out, so that a whole moment is measured and not its liveliest instant.
enum Smoothing {
    /// The mean of what lies around each entry.
    ///
    /// - Parameters:
    ///   - values: The curve.
    ///   - reach: Entries to both sides.
    /// - Returns: As many values; at the ends of those that are there.
    static func means(_ values: [Float], reach: Int) -> [Float] {
        let sums = values.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + Double($1)) }
        return values.indices.map { index in
            let (from, to) = (max(0, index - reach), min(values.count, index + reach + 1))
            return Float((sums[to] - sums[from]) / Double(to - from))
        }
    }

    /// The curve under a Gaussian window.
    ///
    /// - Parameters:
    ///   - values: The curve.
    ///   - spread: The window's standard deviation in entries.
    /// - Returns: As many values; at the ends the outermost ones stand for what lies beyond.
    static func gaussian(_ values: [Float], spread: Double) -> [Float] {
        guard !values.isEmpty, spread > 0 else { return values }
        let reach = max(1, Int((spread * 3).rounded()))
        let weights = (-reach...reach).map { Float(exp(-Double($0 * $0) / (2 * spread * spread))) }
        let sum = weights.reduce(0, +)
        let padded =
            [Float](repeating: values[0], count: reach) + values
            + [Float](repeating: values[values.count - 1], count: reach)
        return values.indices.map { index in
            var total: Float = 0
            for place in weights.indices { total += weights[place] * padded[index &+ place] }
            return total / sum
        }
    }
}
