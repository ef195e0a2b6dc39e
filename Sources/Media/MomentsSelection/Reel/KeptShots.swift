internal import MomentsCore

/// The shots that a reel would have without its pins and bans, as far as these leave them alone.
///
/// Whoever bans one shot wants that one replaced, and the others as they were.
struct KeptShots {
    /// Those that stay, in rising order, with the edges they would have.
    let drafts: [Draft]

    /// The share of the length by which pins may lengthen the reel before a shot has to go for them.
    private static let tolerance = 0.02

    /// Finds them.
    ///
    /// - Parameters:
    ///   - usual: The shots of the reel without pins and bans.
    ///   - pins: What is in the reel whatever else could be.
    ///   - edits: What may be shown.
    ///   - score: What every entry is worth; where there is too little room the least worthy go.
    ///   - similarity: Tells what shows the same as a pin: that is shown once.
    ///   - seconds: How long the reel should be.
    init(
        _ usual: [Draft],
        beside pins: [Draft],
        _ edits: Edits,
        _ score: MomentScore,
        _ similarity: Similarity,
        seconds: Double
    ) {
        func moment(_ draft: Draft) -> Moment { Moment(draft.entries, score.total) }
        let pinned = pins.map(moment)
        func stays(_ draft: Draft) -> Bool {
            edits.free.contains { $0.start <= draft.range.start && draft.range.end <= $0.end }
                && !pins.contains { $0.range.intersection(draft.range) != nil }
                && similarity.first(like: moment(draft), among: pinned) == nil
        }
        var room = seconds * (1 + Self.tolerance) - pins.reduce(0) { $0 + $1.range.duration.seconds }
        var kept: [Draft] = []
        let free = usual.filter { !$0.isFixed && stays($0) }.sorted { moment($0).mean > moment($1).mean }
        for var draft in free {
            guard draft.range.duration.seconds <= room else { continue }
            room -= draft.range.duration.seconds
            draft.isKept = true
            kept.append(draft)
        }
        drafts = kept.sorted { $0.range.start < $1.range.start }
    }
}
