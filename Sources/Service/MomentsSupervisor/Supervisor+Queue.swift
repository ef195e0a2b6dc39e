internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// The queue: who waits, who is next, who failed and when it is tried again.
extension Supervisor {
    /// Puts a video that is whole into the queue, with the options in effect now.
    func enqueue(_ path: FilePath) {
        guard var job = jobs[path] else { return }
        let resolved: (options: JobOptions, preset: String?)
        do { resolved = try resolve(path) } catch { return fail(path, error, in: nil) }
        job.manifest.config = resolved.options
        job.manifest.preset = resolved.preset
        job.manifest.status = .pending
        job.manifest.progress = 0
        job.manifest.message = "waiting for a worker"
        job.manifest.error = nil
        job.manifest.nextAttemptAt = nil
        job.manifest.completedAt = nil
        jobs[path] = job
        // What is lost here by a power failure is found out again; thousands may be put back at a start, or come at once.
        save(path, durable: false)
        plan(path)
        schedule()
    }

    /// Starts workers while there is work and room for them.
    func schedule() {
        let now = MonotonicClock.now
        guard isStarted, !isStopping, troubles["inbox"] == nil, now >= blockedUntil ?? 0 else { return }
        blockedUntil = nil
        while runs.count < configuration.workers, let next = nextInQueue() {
            guard hasRoom(at: now), begin(next, at: now) else { return }
        }
    }

    /// Ends a job as failed, and notes when it is tried again.
    func fail(_ path: FilePath, _ error: JobError, in stage: Stage?) {
        guard var job = jobs[path] else { return }
        job.crashes = error.kind == .workerCrashed ? job.crashes + 1 : 0
        let (final, next) = RetrySchedule(pauses: configuration.retryPauses)
            .judge(error, attempts: job.manifest.attempts, crashes: job.crashes, at: .now)
        job.manifest.fail(final, in: stage, at: .now)
        job.manifest.nextAttemptAt = next
        jobs[path] = job
        save(path)
        plan(path)
    }

    /// The job that waits longest, passing over those whose content is being processed under another name.
    private func nextInQueue() -> FilePath? {
        while true {
            let waiting = jobs.values.filter { job in
                job.manifest.status == .pending && job.goneSince == nil && job.tracker == nil
                    && runs[job.manifest.jobID] == nil
            }
            guard configuration.linksDuplicates else { return waiting.min { $0.isBefore($1) }?.path }
            let busy = Set(runs.values.compactMap { jobs[$0.path]?.manifest.source.contentID })
            let free = waiting.filter { !busy.contains($0.manifest.source.contentID ?? "") }
            guard let next = free.min(by: { $0.isBefore($1) }) else { return nil }
            guard link(next) else { return next.path }
        }
    }

    /// Ends a job by the result of another with the same content and options.
    ///
    /// - Returns: Whether there is such a result.
    private func link(_ job: Job) -> Bool {
        let twin = jobs.values.first { other in
            other.manifest.status == .completed && other.manifest.source.contentID == job.manifest.source.contentID
                && other.manifest.config == job.manifest.config && other.manifest.jobID != job.manifest.jobID
        }
        guard let twin, let result = twin.manifest.result, let folder = result.folder else { return false }
        jobs[job.path]?.manifest.media = twin.manifest.media
        jobs[job.path]?.manifest.complete(result, folder: folder, at: .now)
        jobs[job.path]?.manifest.message = "same content as \(twin.path.display), whose result it shares"
        save(job.path)
        return true
    }

    private func hasRoom(at now: Double) -> Bool {
        guard let free = try? outbox.freeBytes(), let device = try? outbox.device() else {
            raise("outbox", "The outbox \(outbox.root.display) cannot be examined; no job is started until it is back.")
            blockedUntil = now + 5
            return false
        }
        guard device == outboxDevice || outbox.isMade else {
            raise(
                "outbox",
                "The outbox \(outbox.root.display) shows another file system, as when a disk is not mounted; no job is "
                    + "started until it is back. If that is as it should be, restart momentsd."
            )
            blockedUntil = now + 5
            return false
        }
        outboxDevice = device
        guard free >= configuration.leastFreeSpace else {
            raise(
                "space",
                "The outbox has only \(free >> 20) MiB left, so no job is started; make room, and it goes on by itself."
            )
            blockedUntil = now + 15
            return false
        }
        settle(trouble: "outbox")
        settle(trouble: "space")
        return true
    }
}

extension Job {
    /// Whether this job has waited longer.
    func isBefore(_ other: Job) -> Bool {
        (manifest.createdAt, manifest.jobID) < (other.manifest.createdAt, other.manifest.jobID)
    }
}
