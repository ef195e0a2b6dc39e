internal import MomentsAnalysis
internal import MomentsCore

extension Selection {
    /// Numbers the shots and gives each its score and reasons.
    init(
        drafts: [Draft],
        misses: [ReelPlanner.Rejection],
        saliency: Saliency,
        scenes: [Scene],
        note: String?,
        frames: FrameTimes? = nil
    ) {
        shots = drafts.enumerated().map { index, draft in
            let found = Reasons(draft.entries, in: saliency)
            return Shot(
                id: Self.identifier(index + 1),
                range: draft.range,
                score: Self.score(draft.entries, saliency),
                signals: found.signals,
                reasons: draft.reasons + found.words
            )
        }
        nearMisses = misses.compactMap { miss in
            guard let frames else { return nil }
            let first = frames.firstIndex(
                notBefore: MediaTime(seconds: Double(miss.moment.start) * Saliency.interval)
            )
            let end = MediaTime(seconds: Double(miss.moment.end) * Saliency.interval)
            let last = end >= frames.end ? frames.count : frames.index(at: end)
            guard first < last else { return nil }
            let like = miss.like.flatMap { like in drafts.firstIndex { $0.entries.overlaps(like) } }
            let reason = like.map { "similar to \(Self.identifier($0 + 1))" } ?? "no room left for it"
            return NearMiss(
                range: TimeRange(start: frames[first], end: frames[last]),
                score: Self.score(miss.moment, saliency),
                reasons: [reason] + Reasons(miss.moment, in: saliency).words
            )
        }
        self.scenes = scenes
        self.note = note
    }

    private static func identifier(_ number: Int) -> String {
        let digits = String(number)
        return "shot_" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    /// The mean saliency of a moment's best three seconds, to three digits.
    private static func score(_ moment: Moment, _ saliency: Saliency) -> Double {
        let entries = min(moment.start, saliency.count)..<min(moment.end, saliency.count)
        guard !entries.isEmpty else { return 0 }
        let best = saliency.total[entries].sorted(by: >).prefix(Int(3 / Saliency.interval))
        return (Double(best.reduce(0, +) / Float(best.count)) * 1000).rounded() / 1000
    }
}
