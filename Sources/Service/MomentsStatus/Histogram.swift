/// How often a number was at most so large: what Prometheus calls a histogram.
struct Histogram: Hashable, Sendable {
    /// The upper bounds of its buckets, ascending; the last bucket has none.
    let bounds: [Double]
    /// How many numbers each bucket took, without those of smaller buckets; one more than there are bounds.
    private var counts: [Int]
    /// Their sum.
    private(set) var sum = 0.0

    /// Makes an empty one.
    init(_ bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    /// How many numbers there were.
    var count: Int { counts.reduce(0, +) }

    /// Takes a number; what is none, and what is negative, counts as nothing.
    mutating func observe(_ value: Double) {
        guard value.isFinite, value >= 0 else { return }
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        sum += value
    }

    /// How many numbers were at most each bound.
    var cumulative: [(bound: Double, count: Int)] {
        var total = 0
        return zip(bounds, counts).map { bound, count in
            total += count
            return (bound, total)
        }
    }
}
