internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

extension Supervisor {
    /// Writes a job's manifest and tells the observer.
    func save(_ path: FilePath, event: JobEvent? = nil, durable: Bool = true) {
        guard jobs[path] != nil else { return }
        jobs[path]?.manifest.updatedAt = .now
        jobs[path]?.isAnnounced = true
        write(path, durable: durable)
        if let manifest = jobs[path]?.manifest { tell(manifest, event: event) }
    }

    /// Writes the manifests again that could not be written; tells nobody.
    func writeAgain(at now: Double) {
        guard let due = nextRewrite, now >= due else { return }
        nextRewrite = nil
        for path in unwritten {
            if jobs[path] == nil { unwritten.remove(path) } else { write(path, durable: true) }
            // One failure is enough to know that the time has not come.
            if nextRewrite != nil { return }
        }
        if unwritten.isEmpty { writingWorks() }
    }

    /// Writes a job's manifest as it is.
    ///
    /// - Returns: Whether it stands beside its video now.
    @discardableResult
    func write(_ path: FilePath, durable: Bool) -> Bool {
        guard let manifest = jobs[path]?.manifest else { return false }
        do {
            jobs[path]?.manifestStatus = try store.write(manifest, durable: durable)
            jobs[path]?.isWritten = true
            hasWritten = true
            unwritten.remove(path)
            if unwritten.isEmpty { writingWorks() }
            return true
        } catch {
            jobs[path]?.isWritten = store.exists(path)
            unwritten.insert(path)
            nextRewrite = MonotonicClock.now + min(5, configuration.reconcileInterval)
            // Without manifests nothing would be known after a restart; an inbox that never could be written to is used
            // all the same, because somebody wanted it so.
            raise(
                hasWritten || error.isOutOfSpace ? "inbox-space" : "inbox-write",
                "A manifest cannot be written beside its video (\(error)); give the service write access to the inbox, "
                    + "or make room there" + (hasWritten ? "; no job is started until then." : ".")
            )
            return false
        }
    }

    private func writingWorks() {
        if troubles["inbox-space"] != nil { wantsSchedule = true }
        settle(trouble: "inbox-space")
        settle(trouble: "inbox-write")
    }

    /// Tells the observer of a job, without writing.
    func tell(_ manifest: Manifest, event: JobEvent?) {
        observer.jobChanged(manifest, event: event)
        healthMayHaveChanged()
    }

    /// Passes on that something went wrong once.
    func note(_ text: String) { observer.problem(text) }

    /// Remembers that something is wrong; it is told once, until it is over.
    func raise(_ key: String, _ text: String) {
        guard troubles[key] == nil else { return }
        troubles[key] = text
        nextGuard = min(nextGuard, MonotonicClock.now + min(10, configuration.reconcileInterval))
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
        health.isStuck = ["inbox", "outbox", "worker"].contains { troubles[$0] != nil }
        for text in watch.takeNotes() { note(text) }
        guard health != lastHealth else { return }
        lastHealth = health
        observer.healthChanged(health)
    }
}
