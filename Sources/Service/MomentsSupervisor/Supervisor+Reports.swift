internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

extension Supervisor {
    /// Writes a job's manifest and tells the observer.
    func save(_ path: FilePath, event: JobEvent? = nil, durable: Bool = true) {
        guard var job = jobs[path] else { return }
        job.manifest.updatedAt = .now
        job.isAnnounced = true
        jobs[path] = job
        do {
            try store.write(job.manifest, durable: durable)
            jobs[path]?.isWritten = true
            settle(trouble: "inbox-write")
        } catch {
            jobs[path]?.isWritten = false
            raise(
                "inbox-write",
                "A manifest cannot be written beside its video (\(error)); give the service write access to the inbox, "
                    + "or make room there."
            )
        }
        tell(job.manifest, event: event)
    }

    /// Tells the observer of a job, without writing.
    func tell(_ manifest: Manifest, event: JobEvent?) {
        observer.jobChanged(manifest, event: event)
        healthMayHaveChanged()
    }

    /// Passes on something worth a line in the log.
    func note(_ text: String) { observer.problem(text) }

    /// Remembers that something is wrong; it is told once, until it is over.
    func raise(_ key: String, _ text: String) {
        guard troubles[key] == nil else { return }
        troubles[key] = text
        observer.problem(text)
        healthMayHaveChanged()
    }

    /// Remembers that something is well again.
    func settle(trouble key: String) {
        guard troubles.removeValue(forKey: key) != nil else { return }
        healthMayHaveChanged()
    }

    /// Asks for a report of the health, soon but not too often.
    func healthMayHaveChanged() {
        if nextHealth == nil { nextHealth = MonotonicClock.now + 0.5 }
    }

    /// Reports the health when it is due and has changed.
    func reportHealth(at now: Double) {
        guard let due = nextHealth, now >= due else { return }
        nextHealth = nil
        var health = SupervisorHealth()
        for job in jobs.values where job.isAnnounced { health.counts[job.manifest.status, default: 0] += 1 }
        health.active = runs.values.sorted { $0.jobID < $1.jobID }
            .compactMap { run in
                jobs[run.path].map { job in
                    SupervisorHealth.Active(
                        jobID: run.jobID,
                        name: job.manifest.source.name,
                        progress: job.manifest.progress,
                        stage: job.manifest.stages.first { $0.status == .running }?.name.rawValue ?? ""
                    )
                }
            }
        health.watch = watch.reports
        health.troubles = troubles.keys.sorted().compactMap { troubles[$0] }
        health.isStuck = ["inbox", "outbox", "space", "worker"].contains { troubles[$0] != nil }
        for text in watch.takeNotes() { note(text) }
        guard health != lastHealth else { return }
        lastHealth = health
        observer.healthChanged(health)
    }
}
