internal import MomentsAnalysis
internal import MomentsCore

extension Selection {
    /// Numbers the shots and gives each its score and reasons.
    init(
        drafts: [Draft],
        misses: [ReelPlanner.Rejection],
        saliency: Saliency,
        score: MomentScore,
        scenes: [Scene],
        note: String?,
        standing: String? = nil,
        frames: FrameTimes? = nil
    ) {
        shots = drafts.enumerated().map { index, draft in
            let found = Reasons(draft.entries, saliency, score)
            return Shot(
                id: Self.identifier(index + 1),
                range: draft.range,
                score: Self.worth(draft.entries, score),
                signals: found.signals,
                reasons: draft.reasons + found.words
            )
        }
        let least = shots.map(\.score).min() ?? 0
        nearMisses = misses.compactMap { miss in
            guard let frames else { return nil }
            let first = frames.firstIndex(
                notBefore: MediaTime(seconds: Double(miss.moment.start) * Saliency.interval)
            )
            let end = MediaTime(seconds: Double(miss.moment.end) * Saliency.interval)
            let last = end >= frames.end ? frames.count : frames.index(at: end)
            guard first < last else { return nil }
            let like = miss.like.flatMap { like in
                drafts.firstIndex { $0.entries.overlaps(like.start..<like.end) }
            }
            let worth = Self.worth(miss.moment.start..<miss.moment.end, score)
            let reason =
                like.map { "similar to \(Self.identifier($0 + 1))" }
                ?? (worth < least ? "worth less than every shot shown" : "no room left for it beside better ones")
            return NearMiss(
                range: TimeRange(start: frames[first], end: frames[last]),
                score: worth,
                reasons: [reason] + Reasons(miss.moment.start..<miss.moment.end, saliency, score).words
            )
        }
        self.scenes = scenes
        self.note = note
        self.standing = standing
        worth = score.total
    }

    private static func identifier(_ number: Int) -> String {
        let digits = String(number)
        return "shot_" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    /// The mean worth of the best three seconds, at most 1, to three digits.
    private static func worth(_ range: Range<Int>, _ score: MomentScore) -> Double {
        let entries = range.clamped(to: 0..<score.count)
        guard !entries.isEmpty else { return 0 }
        let best = score.total[entries].sorted(by: >).prefix(Int(3 / Saliency.interval))
        return (Double(min(1, best.reduce(0, +) / Float(best.count))) * 1000).rounded() / 1000
    }
}
