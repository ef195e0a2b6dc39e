internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia

/// Which doubts about cuts are worth decoding for.
enum CutDoubts {
    /// Frames that may be decoded to settle doubts about cuts: of a long video a hundredth, of a short one more, unless
    /// its frames are so large that each of them takes long.
    static func share(_ count: Int, _ budget: DecodingBudget) -> Double {
        let frames = Double(count)
        let short = budget.framesForDoubts / frames
        return max(0.01 * frames, 0.28 * frames * min(1, short * short))
    }

    /// What to decode because of doubts about cuts; of a video that is watched from end to end, for all that are worth it.
    ///
    /// - Throws: `SparseRefusal` where cuts hide in so many places that decoding everything is little more work.
    static func plans(
        _ doubts: [CutProposals.Doubt],
        _ planner: SegmentPlanner,
        _ schedule: KeyframeSchedule,
        _ times: FrameTimes,
        _ budget: DecodingBudget,
        isWatched: Bool
    ) throws -> [SegmentPlan] {
        if isWatched { return try beside(doubts, planner, times) }
        let (usual, leastWorth) = (share(times.count, budget), leastWorth(times.count))
        if schedule.placesCuts { return affordable(doubts, planner, usual, leastWorth) }
        // An encoder that does not mark cuts leaves each of them to be looked for.
        let sure = doubts.filter { $0.guess != nil }
        let hidden = affordable(sure, planner, .infinity, Self.leastWorth(0)).reduce(0) {
            $0 + $1.cost(isComplete: true)
        }
        if hidden > most * Double(times.count), Double(sure.count) * often > times.end.seconds {
            throw SparseRefusal(reason: "its key pictures do not mark its cuts, of which there are many")
        }
        return affordable(doubts, planner, max(0.02 * Double(times.count), 1.6 * usual), leastWorth)
    }

    /// The same for a video of which what others need is watched besides: all that is worth it.
    static func beside(
        _ doubts: [CutProposals.Doubt],
        _ planner: SegmentPlanner,
        _ times: FrameTimes
    ) throws -> [SegmentPlan] {
        let plans = affordable(doubts, planner, .infinity, leastWorth(times.count))
        guard plans.reduce(0, { $0 + $1.cost(isComplete: true) }) <= mostBeside * Double(times.count) else {
            throw SparseRefusal(reason: "cuts may hide in so many places that looking at each of them is more work")
        }
        return plans
    }

    /// The share of all frames that may be decoded for cuts of a video that is watched from end to end besides: that takes
    /// six to seven tenths of decoding all of it, in which every cut is seen.
    private static let mostBeside = 0.4
    /// The share of all frames from which on looking for cuts one by one is no use; other doubts come on top.
    private static let most = 0.2
    /// Seconds between cuts below which they are that many; rarer ones only cost much where keyframes lie far apart.
    private static let often = 10.0

    /// Weight for each frame decoded, below which a doubt is left open; a long video has better uses for its time.
    private static func leastWorth(_ count: Int) -> Double { count > 8000 ? 0.012 : 0.008 }

    /// The doubts worth their cost, those of one group of pictures taken together.
    private static func affordable(
        _ doubts: [CutProposals.Doubt],
        _ planner: SegmentPlanner,
        _ budget: Double,
        _ leastWorth: Double
    ) -> [SegmentPlan] {
        var joined: [(plan: SegmentPlan, weight: Float)] = []
        for doubt in doubts {
            guard let plan = planner.plan(doubt.watch) else { continue }
            if let last = joined.last, plan.packets.lowerBound < last.plan.packets.upperBound,
                doubt.watch.lowerBound < last.plan.watch.upperBound + 60,
                let both = planner.plan(
                    last.plan.watch.lowerBound..<max(last.plan.watch.upperBound, doubt.watch.upperBound)
                )
            {
                joined[joined.count - 1] = (both, last.weight + doubt.weight)
            } else {
                joined.append((plan, doubt.weight))
            }
        }
        var left = budget
        let order = joined.sorted { worth($0) > worth($1) }
        return order.compactMap { item in
            let cost = item.plan.cost(isComplete: true)
            guard cost <= left, worth(item) > leastWorth else { return nil }
            left -= cost
            return item.plan
        }.sorted { $0.packets.lowerBound < $1.packets.lowerBound }
    }

    private static func worth(_ item: (plan: SegmentPlan, weight: Float)) -> Double {
        Double(item.weight) / item.plan.cost(isComplete: true)
    }
}
