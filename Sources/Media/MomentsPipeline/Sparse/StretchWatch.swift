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
        let (times, size) = (map.times, size)
        // The longest first, so that no thread waits long for the other at the end.
        let plans = (whole.map { ($0, true) } + rough.map { ($0, false) })
            .sorted { $0.0.cost(isComplete: $0.1) > $1.0.cost(isComplete: $1.1) }
        let seen = try crew.work(plans.count) { (tools, number) throws(MediaError) -> (Bool, StretchFindings?) in
            let ((plan, isComplete), scaler) = (plans[number], tools.scaler)
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
        return seen.contains { !$0.0 } ? nil : seen.compactMap { $0.1 }
    }
}
