internal import MomentsAnalysis
internal import MomentsCore

/// Where on the grid shots can begin so that they are shown as they were coded.
struct StartGrid {
    /// The entries at whose beginning decoding can start, rising.
    let entries: [Int]
    /// Whether encoding a shot's beginning costs more than showing less of its moment.
    let isBinding: Bool
    /// For each entry whether such a beginning is not far, in its scene.
    private let near: [Bool]
    private let exact: Set<Int>

    /// Finds them.
    ///
    /// - Parameters:
    ///   - signals: Knows the frames decoding can start at.
    ///   - scene: The scene of each entry.
    ///   - isBinding: Whether shots begin there even where it costs a part of the moment.
    init(_ signals: Signals, scene: [Int], isBinding: Bool) {
        self.isBinding = isBinding
        var near = [Bool](repeating: false, count: scene.count)
        var entries: [Int] = []
        let reach = Int(CutSnapper.shift / Saliency.interval)
        for start in signals.starts where start < signals.frames.count {
            // The entry in which the frame is shown may begin in the scene before.
            let entry = Int((signals.frames[start].seconds / Saliency.interval).rounded(.up))
            guard entry < scene.count else { continue }
            if entries.last != entry { entries.append(entry) }
            for index in max(0, entry - reach)..<min(scene.count, entry + reach) where scene[index] == scene[entry] {
                near[index] = true
            }
        }
        self.near = near
        self.entries = entries
        exact = Set(entries)
    }

    /// Whether a shot from an entry on can be shown as it was coded, or with little shifting.
    func suits(_ entry: Int) -> Bool { isBinding ? exact.contains(entry) : near[entry] }

    /// A range that begins where decoding can start, a little earlier or later.
    func widened(_ range: Range<Int>) -> Range<Int> {
        let reach = Int(Self.reach / Saliency.interval)
        let near = entries.filter { abs($0 - range.lowerBound) <= reach && $0 < range.upperBound }
        let start = near.min { abs($0 - range.lowerBound) < abs($1 - range.lowerBound) }
        return (start ?? range.lowerBound)..<range.upperBound
    }

    /// Seconds that such a beginning may be off.
    private static let reach = 2.0

    /// The first beginning in a moment that leaves at least so many entries of it; nil where there is none.
    func first(in moment: Moment, leaving least: Int) -> Int? {
        entries.first { $0 >= moment.start && $0 + least <= moment.end }
    }
}
