internal import MomentsAnalysis
internal import MomentsCore

/// Puts chosen moments on frames, none over another shot or into what is banned.
struct ShotPlacer {
    private let snapper: CutSnapper
    private let end: Double
    private let free: [TimeRange]

    /// Prepares to place; `bindsStarts` puts where decoding can start above pauses, `isJudged` leaves edges near where a
    /// judge's scores put them.
    init(_ signals: Signals, _ edits: Edits, bindsStarts: Bool, isJudged: Bool, statements: StatementEdges) {
        let reach = isJudged ? 0.5 : CutSnapper.reach
        snapper = CutSnapper(signals, bindsStarts: bindsStarts, reach: reach, statements: statements)
        end = signals.frames.end.seconds
        free = edits.free
    }

    /// The shots of some moments.
    ///
    /// - Parameters:
    ///   - choices: The moments, rising, apart.
    ///   - pins: Shots that are in the reel whatever happens.
    ///   - mayGrow: Whether an edge may move outwards to a pause too.
    /// - Returns: A shot for each moment that has room for one.
    func place(_ choices: [Moment], around pins: [Draft], mayGrow: Bool = true) -> [Draft] {
        var placed: [Draft] = []
        for (index, choice) in choices.enumerated() {
            let from = Double(choice.start) * Saliency.interval
            let to = min(Double(choice.end) * Saliency.interval, end)
            guard let allowed = free.first(where: { $0.start.seconds < to && from < $0.end.seconds }) else { continue }
            var (low, high) = (allowed.start.seconds, allowed.end.seconds)
            if let before = placed.last { low = max(low, before.range.end.seconds) }
            if index + 1 < choices.count { high = min(high, Double(choices[index + 1].start) * Saliency.interval) }
            for pin in pins {
                if pin.range.end.seconds <= to { low = max(low, pin.range.end.seconds) }
                if pin.range.start.seconds >= from { high = min(high, pin.range.start.seconds) }
            }
            guard low < high,
                let range = snapper.place(max(from, low), min(to, high), limits: low..<high, mayGrow: mayGrow)
            else { continue }
            placed.append(Draft(range: range))
        }
        return placed
    }
}
