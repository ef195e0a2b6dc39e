internal import MomentsAnalysis
internal import MomentsCore

/// What is still to be seen of shots about to be chosen, so that none shows a frame of its neighbour.
///
/// A coder may put a keyframe some frames before the cut it is meant for, and a doubt that was not worth its cost
/// for all of the video may be worth it where a shot is to be.
struct ShotDoubts {
    let times: FrameTimes
    let planner: SegmentPlanner
    /// Doubts about cuts that were left open.
    let open: [CutProposals.Doubt]

    /// Frames behind a shot's beginning that are looked at one by one.
    private static let opening = 14
    /// How far from a keyframe a shot's beginning is looked at without further cause: what lies between is decoded too.
    private static let near = 12

    /// What to decode, the least costly first.
    ///
    /// - Parameters:
    ///   - shots: The shots about to be chosen.
    ///   - settled: Frames seen one by one already.
    ///   - budget: Frames that may be decoded.
    /// - Returns: Segments to be watched frame by frame, none overlapping another.
    func plans(for shots: [TimeRange], settled: [Range<Int>], budget: Double) -> [SegmentPlan] {
        var wanted: [Range<Int>] = []
        for shot in shots {
            let (first, end) = (times.index(at: shot.start), times.firstIndex(notBefore: shot.end))
            if let keyframe = planner.keyframe(before: first), first - keyframe <= Self.near {
                wanted.append(keyframe..<min(times.count, first + Self.opening))
            }
            wanted += open.filter { $0.watch.overlaps(first..<max(end, first + 1)) }.map(\.watch)
        }
        var plans: [SegmentPlan] = []
        var left = budget
        let unseen = wanted.filter { range in !settled.contains { $0.clamped(to: range).count >= range.count - 1 } }
        let possible = unseen.compactMap(planner.plan).map { ($0, $0.cost(isComplete: true)) }
        for (plan, cost) in possible.sorted(by: { $0.1 < $1.1 }) {
            guard cost <= left, !plans.contains(where: { $0.watch.overlaps(plan.watch) }) else { continue }
            left -= cost
            plans.append(plan)
        }
        return plans
    }
}
