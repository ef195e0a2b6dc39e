internal import MomentsCore

/// What is told of the health, and when that is news; pure.
struct HealthReporter {
    private var last = SupervisorHealth()
    /// How the inbox is watched, as it was last told.
    var watch = WatchState()

    /// How long news of the health may be held back.
    static let pause = Duration.milliseconds(500)

    /// Makes the health, if it is not the one that was told last.
    mutating func news(_ jobs: borrowing JobTable, _ pool: borrowing WorkerPool, _ problems: Problems)
        -> SupervisorHealth?
    {
        var health = SupervisorHealth()
        health.counts = jobs.counts
        for run in pool.all.sorted(by: { $0.jobID < $1.jobID }) {
            guard let job = jobs[run.path] else { continue }
            health.active.append(
                SupervisorHealth.Active(
                    jobID: run.jobID,
                    name: job.manifest.source.name,
                    progress: job.manifest.progress,
                    stage: job.runningStage?.rawValue ?? ""
                )
            )
        }
        health.watch = watch.reports
        health.troubles = problems.sentences
        health.isStuck = problems.isParalyzing
        guard health != last else { return nil }
        last = health
        return health
    }
}
