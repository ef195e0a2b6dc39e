internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia

/// Decodes stretches and watches them.
struct StretchWatch {
    let map: PictureMap
    let crew: StretchCrew
    let size: AnalysisSize

    /// Watches stretches.
    ///
    /// - Parameters:
    ///   - whole: Stretches of which every picture is watched, as for cuts.
    ///   - rough: Stretches of which only those pictures are watched that others need, as for motion.
    /// - Returns: What was seen; nil where the file is not as its index has it.
    /// - Throws: `MediaError`.
    func watch(whole: [StretchPlan], rough: [StretchPlan] = []) throws(MediaError) -> [StretchFindings]? {
        let both = whole.map { ($0, true) } + rough.map { ($0, false) }
        let plans = both.map { (plan: $0.0, isComplete: $0.1, cost: $0.0.cost(isComplete: $0.1)) }
            // The longest first, so that no thread waits long for the other at the end.
            .sorted { $0.cost > $1.cost }
        guard let first = plans.first else { return [] }
        // One that takes longer than all others together would leave a thread without work.
        let isAlone = first.cost > plans.dropFirst().reduce(0) { $0 + $1.cost }
        var seen: [(Bool, StretchFindings?)] = []
        if isAlone {
            seen.append(
                try crew.workAlone { (tools) throws(MediaError) in try watch(first.plan, first.isComplete, tools) }
            )
        }
        let rest = Array(plans.dropFirst(isAlone ? 1 : 0))
        seen += try crew.work(rest.count) { (tools, number) throws(MediaError) in
            try watch(rest[number].plan, rest[number].isComplete, tools)
        }
        return seen.contains { !$0.0 } ? nil : seen.compactMap { $0.1 }
    }

    /// Watches one stretch, and tells whether it was where the index has it.
    private func watch(
        _ plan: StretchPlan,
        _ isComplete: Bool,
        _ tools: StretchCrew.Tools
    ) throws(MediaError) -> (Bool, StretchFindings?) {
        let (times, scaler) = (map.times, tools.scaler)
        var watcher = StretchWatcher(size: size, timescale: times.timescale)
        var last = MediaTime(ticks: -1, timescale: 1)
        let (from, end) = (times[plan.watch.lowerBound], times[plan.watch.upperBound])
        let isFound = try tools.reader.read(plan.packets, completeFrom: isComplete ? plan.watchFrom : .max) {
            (time, frame) throws(MediaError) in
            guard time >= from, time < end, time > last else { return }
            last = time
            try scaler.scale(frame)
            let (luma, cb, cr) = (scaler.luma, scaler.cb, scaler.cr)
            watcher.add(luma: luma.span, cb: cb.span, cr: cr.span, time: time)
        }
        return (isFound, watcher.finish(times, isComplete: isComplete))
    }
}
