internal import MomentsAnalysis
internal import MomentsCore

extension Selection {
    /// Numbers the shots and gives each its score and reasons.
    init(
        drafts: [Draft],
        misses: [ReelPlanner.Rejection],
        interest: Interest,
        scenes: [Scene],
        note: String?,
        pictures: PictureTimes? = nil
    ) {
        shots = drafts.enumerated().map { index, draft in
            let found = Reasons(draft.entries, in: interest)
            return Shot(
                id: Self.identifier(index + 1),
                range: draft.range,
                score: Self.score(draft.entries, interest),
                signals: found.signals,
                reasons: draft.reasons + found.words
            )
        }
        nearMisses = misses.compactMap { miss in
            guard let pictures else { return nil }
            let first = pictures.firstIndex(
                notBefore: MediaTime(seconds: Double(miss.moment.start) * Interest.interval)
            )
            let end = MediaTime(seconds: Double(miss.moment.end) * Interest.interval)
            let last = end >= pictures.end ? pictures.count : pictures.index(at: end)
            guard first < last else { return nil }
            let like = miss.like.flatMap { like in drafts.firstIndex { $0.entries.overlaps(like) } }
            let reason = like.map { "similar to \(Self.identifier($0 + 1))" } ?? "no room left for it"
            return NearMiss(
                range: TimeRange(start: pictures[first], end: pictures[last]),
                score: Self.score(miss.moment, interest),
                reasons: [reason] + Reasons(miss.moment, in: interest).words
            )
        }
        self.scenes = scenes
        self.note = note
    }

    private static func identifier(_ number: Int) -> String {
        let digits = String(number)
        return "shot_" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    }

    /// The mean interest of a moment's best three seconds, to three digits.
    private static func score(_ moment: Moment, _ interest: Interest) -> Double {
        let entries = min(moment.start, interest.count)..<min(moment.end, interest.count)
        guard !entries.isEmpty else { return 0 }
        let best = interest.total[entries].sorted(by: >).prefix(Int(3 / Interest.interval))
        return (Double(best.reduce(0, +) / Float(best.count)) * 1000).rounded() / 1000
    }
}
