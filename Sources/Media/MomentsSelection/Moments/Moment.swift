/// A segment of the grid that stands out: a candidate for the reel.
struct Moment: Equatable {
    /// The first entry.
    var start: Int
    /// The first entry that is no longer part of it.
    var end: Int
    /// What it is worth: saliency above the price of showing it, summed over its seconds.
    var value: Float
    /// Mean saliency of its best three seconds: 0…1.
    var peak: Float

    /// Mean saliency of a second of it: 0…1.
    var mean: Float { length > 0 ? value / Float(seconds) + MomentFinder.price : 0 }
    /// Its length in entries.
    var length: Int { end - start }
    /// Its length in seconds.
    var seconds: Double { Double(length) * Saliency.interval }

    /// Whether the two share an entry.
    func overlaps(_ other: Moment) -> Bool { start < other.end && other.start < end }
}
