/// A segment of the grid: a candidate for the reel.
struct Moment: Equatable {
    /// The first entry.
    var start: Int
    /// The first entry that is no longer part of it.
    var end: Int
    /// What a second of it is worth.
    var mean: Float

    /// Makes a moment of a range of entries; its worth is their mean.
    init(_ range: Range<Int>, _ score: [Float]) {
        (start, end) = (range.lowerBound, range.upperBound)
        let entries = range.clamped(to: 0..<score.count)
        mean = entries.isEmpty ? 0 : score[entries].reduce(0, +) / Float(entries.count)
    }

    /// Its length in entries.
    var length: Int { end - start }
    /// Its length in seconds.
    var seconds: Double { Double(length) * Saliency.interval }

    /// Whether the two share an entry.
    func overlaps(_ other: Moment) -> Bool { start < other.end && other.start < end }
}
