internal import MomentsAnalysis

/// Decides which moments make the reel: those worth most together, none twice.
struct ReelPlanner {
    /// Why a moment was left out.
    struct Rejection: Equatable {
        var moment: Moment
        /// The chosen moment it repeats; nil where others were worth more.
        var like: Moment?
    }

    /// What is shown, in the video's order.
    private(set) var choices: [Moment] = []
    /// What was nearly shown, best first.
    private(set) var rejections: [Rejection] = []

    /// Near misses that are named, at most.
    private static let mostRejections = 10
    /// How often repetitions are replaced by something else.
    private static let rounds = 16

    /// Plans a reel.
    ///
    /// - Parameters:
    ///   - search: Finds the shots worth most.
    ///   - score: What every entry is worth.
    ///   - similarity: Tells repetitions.
    ///   - fixed: Moments that are in the reel whatever happens.
    ///   - usable: Which entries may be shown.
    ///   - entries: How long the rest of the reel may be.
    init(
        _ search: ReelSearch,
        _ score: MomentScore,
        similarity: Similarity,
        fixed: [Moment],
        usable: [Bool],
        entries: Int
    ) {
        var usable = usable
        func moments(_ shots: [Range<Int>]) -> [Moment] { shots.map { Moment($0, score.total) } }
        for _ in 0..<Self.rounds {
            choices = moments(search.shots(filling: entries, usable: usable))
            let repeated = Self.repetitions(choices, fixed, similarity)
            if repeated.isEmpty { break }
            for rejection in repeated {
                rejections.append(rejection)
                for index in rejection.moment.start..<rejection.moment.end { usable[index] = false }
            }
        }
        for choice in choices { for index in choice.start..<choice.end { usable[index] = false } }
        let next = moments(search.shots(filling: entries, usable: usable)).sorted { $0.mean > $1.mean }
        rejections += next.map { Rejection(moment: $0, like: similarity.first(like: $0, among: choices + fixed)) }
        rejections = Array(rejections.prefix(Self.mostRejections))
    }

    /// The lesser one of any two that show the same.
    private static func repetitions(_ choices: [Moment], _ fixed: [Moment], _ similarity: Similarity) -> [Rejection] {
        var kept = fixed
        var repeated: [Rejection] = []
        for choice in choices.sorted(by: { ($0.mean, -$0.start) > ($1.mean, -$1.start) }) {
            if let like = similarity.first(like: choice, among: kept) {
                repeated.append(Rejection(moment: choice, like: like))
            } else {
                kept.append(choice)
            }
        }
        return repeated
    }
}
