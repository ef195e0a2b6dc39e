internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// The queue: who waits, who is next, who failed and when it is tried again.
extension Supervisor {
    /// Puts a video that is whole into the queue, with the options in effect now.
    func enqueue(_ path: FilePath) {
        guard var job = jobs[path] else { return }
        let resolved: (options: JobOptions, preset: String?)
        do { resolved = try resolve(path) } catch {
            if error.transient { jobs[path]?.manifest.attempts += 1 }
            return fail(path, error, in: nil, durable: false)
        }
        job.manifest.config = resolved.options
        job.manifest.preset = resolved.preset
        job.manifest.status = .pending
        job.manifest.progress = 0
        job.manifest.message = "waiting for a worker"
        job.manifest.error = nil
        job.manifest.nextAttemptAt = nil
        job.manifest.completedAt = nil
        job.retryAt = nil
        jobs[path] = job
        // What is lost here by a power failure is found out again; thousands may be put back at a start, or come at once.
        save(path, durable: false)
        plan(path)
        lineUp(path)
    }

    /// Gives a pending job its place in the queue.
    func lineUp(_ path: FilePath) {
        guard let job = jobs[path] else { return }
        var arrival = Double(job.manifest.createdAt.milliseconds) / 1000
        // One that was cut off again and again may be what cuts us off: others first.
        if job.manifest.attempts >= Self.manyAttempts { arrival += 86_400 * Double(job.manifest.attempts) }
        let rank = configuration.order.rank(arrival: arrival, size: job.manifest.source.size)
        jobs[path]?.ticket = line.add(path, rank: rank, modified: job.status.modified)
        wantsSchedule = true
    }

    /// Starts workers while there is work and room for them; called by `rearm` once all news are taken in.
    func schedule() {
        let now = MonotonicClock.now
        guard isStarted, !isStopping, !isResting, now >= blockedUntil ?? 0 else { return }
        guard troubles["inbox"] == nil, troubles["inbox-space"] == nil else { return }
        blockedUntil = nil
        while runs.count < configuration.workers, let next = nextInQueue() {
            guard mayBegin(next, at: now), begin(next, at: now) else { return lineUp(next, laterThan: now) }
        }
    }

    /// Puts a job back that could not be started, without looking at it again at once.
    private func lineUp(_ path: FilePath, laterThan now: Double) {
        lineUp(path)
        wantsSchedule = false
        if blockedUntil == nil { blockedUntil = now + 5 }
    }

    /// Ends a job as failed, and notes when it is tried again.
    func fail(_ path: FilePath, _ error: JobError, in stage: Stage?, durable: Bool = true) {
        guard var job = jobs[path] else { return }
        job.crashes = error.kind == .workerCrashed ? job.crashes + 1 : 0
        let schedule = RetrySchedule(pauses: configuration.retryPauses)
        let (final, next) = schedule.judge(error, attempts: job.manifest.attempts, crashes: job.crashes, at: .now)
        job.manifest.fail(final, in: stage, at: .now)
        job.manifest.nextAttemptAt = next
        job.retryAt = schedule.due(job.manifest, at: MonotonicClock.now)
        jobs[path] = job
        save(path, durable: durable)
        plan(path)
        clearAway(path)
    }

    /// The job that waits longest, passing over those whose content is being processed under another name.
    private func nextInQueue() -> FilePath? {
        let busy =
            configuration.linksDuplicates
            ? Set(runs.values.compactMap { jobs[$0.path]?.manifest.source.contentID }) : []
        let entry = line.next { entry in
            guard let job = jobs[entry.path], job.ticket == entry.ticket, job.manifest.status == .pending else {
                return .drop
            }
            guard job.goneSince == nil, job.tracker == nil, runs[job.manifest.jobID] == nil, !job.isCompared else {
                return .skip
            }
            guard configuration.linksDuplicates, let content = job.manifest.source.contentID else { return .take }
            if busy.contains(content) { return .skip }
            return compare(job) ? .skip : .take
        }
        return entry?.path
    }

    private func mayBegin(_ path: FilePath, at now: Double) -> Bool {
        guard isInboxThere(at: now), isOutboxThere(at: now), let job = jobs[path] else { return false }
        let needed = room.needed(
            job.manifest.config,
            size: job.manifest.source.size,
            least: configuration.leastFreeSpace,
            at: now
        )
        return hasRoom(needed, at: now)
    }

    /// Whether the outbox has so much room, and the state folder any.
    func hasRoom(_ needed: Int64, at now: Double) -> Bool {
        guard configuration.leastFreeSpace > 0 || room.afterFailure > 0 else { return true }
        let free = (try? outbox.freeBytes()) ?? 0
        let state = (try? Folder.freeBytes(at: configuration.state)) ?? 0
        let least = min(configuration.leastFreeSpace, 1 << 20)
        guard free >= needed, state >= least else {
            let place = free < needed ? "outbox has" : "state folder has"
            let (left, wanted) = free < needed ? (free, needed) : (state, least)
            raise(
                "space",
                "The \(place) \(left >> 20) MiB left where the next job may need \(wanted >> 20) MiB, so none is started; "
                    + "make room, and it goes on by itself."
            )
            blockedUntil = now + min(15, configuration.reconcileInterval)
            return false
        }
        settle(trouble: "space")
        return true
    }

    /// From so many interrupted attempts on, a job is taken after all others.
    private static let manyAttempts = 5
}
