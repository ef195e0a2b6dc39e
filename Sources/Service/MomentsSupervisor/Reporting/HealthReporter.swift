internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// What is told of the health, and when that is news; pure.
struct HealthReporter {
    private var last = SupervisorHealth()
    /// How the inbox is watched, as it was last told.
    var watch = WatchState()
    /// What users are called, as far as that was looked up.
    var names: [UInt32: FilePath] = [:]
    private var asked: Set<UInt32> = []

    /// How long news of the health may be held back.
    static let pause = Duration.milliseconds(500)

    /// The users whose names have to be looked up.
    mutating func unnamed(_ jobs: borrowing JobTable) -> [UInt32] {
        // Told of are the busiest, whoever they will be; a directory of a company is not read for all others.
        let users = jobs.owners.keys.compactMap(\.user).filter { names[$0] == nil && !asked.contains($0) }
        let some = Array(users.prefix(OwnerShares.most))
        asked.formUnion(some)
        return some
    }

    /// Makes the health, if it is not the one that was told last.
    mutating func news(
        _ jobs: borrowing JobTable,
        _ scheduler: borrowing JobScheduler,
        _ problems: Problems
    ) -> SupervisorHealth? {
        let pool = scheduler.pool
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
        health.fairShare = shares(jobs, scheduler.line, on: LocalTime.day)
        health.watch = watch.reports
        health.troubles = problems.sentences
        health.isStuck = problems.isParalyzing
        guard health != last else { return nil }
        last = health
        return health
    }

    /// What each owner has and has had; nil where nobody takes turns.
    private func shares(_ jobs: borrowing JobTable, _ line: JobQueue, on day: Int) -> OwnerShares? {
        guard jobs.sharing != .off else { return nil }
        let owners = jobs.owners.map { owner, counts in
            let used = line.accounts.used(by: owner, on: day)
            return OwnerShare(
                owner,
                name: owner.folder ?? owner.user.map { names[$0] ?? FilePath("\($0)") } ?? "",
                jobs: JobCounts(counts: counts),
                bytesToday: used.bytes,
                secondsToday: (used.video.inSeconds * 1000).rounded() / 1000,
                reason: line.held[owner]
            )
        }
        return OwnerShares(by: jobs.sharing, owners)
    }
}
