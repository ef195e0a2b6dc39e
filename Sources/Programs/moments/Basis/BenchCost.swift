/// What a program cost.
struct BenchCost: Encodable {
    /// Seconds from its start to its end.
    var wall: Double
    /// Seconds of processor time, all threads together.
    var processor: Double

    /// The best of two runs, in both respects.
    func best(_ other: BenchCost) -> BenchCost {
        BenchCost(wall: min(wall, other.wall), processor: min(processor, other.processor))
    }

    /// What was added to an earlier count.
    func since(_ earlier: BenchCost) -> BenchCost {
        BenchCost(wall: wall - earlier.wall, processor: max(0, processor - earlier.processor))
    }

    /// This cost as a share of another.
    func ratio(to other: BenchCost) -> BenchCost {
        BenchCost(wall: wall / max(other.wall, 1e-9), processor: processor / max(other.processor, 1e-9))
    }
}
