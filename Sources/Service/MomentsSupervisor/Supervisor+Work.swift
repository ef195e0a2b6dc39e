internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// Workers: starting them, hearing them, and what follows from their end.
extension Supervisor {
    /// Starts a worker on a video.
    ///
    /// - Returns: Whether the next job may be started too.
    func begin(_ path: FilePath, at now: Double) -> Bool {
        guard let job = jobs[path] else { return true }
        let id = job.manifest.jobID
        jobs[path]?.manifest.begin(at: .now)
        // Known to be in work before it is: what is published by a daemon that is killed is recognized by it.
        guard write(path, durable: true) || !hasWritten && troubles["inbox-space"] == nil else {
            jobs[path]?.manifest = job.manifest
            return false
        }
        let run: WorkerRun
        do {
            let spec = JobSpec(
                jobID: id,
                // The worker follows no link at all; those that lead to the inbox itself are no stranger's.
                source: try Folder.resolved(inbox.root).appending(path),
                name: path.name,
                staging: try outbox.prepareStaging(of: id, content: job.manifest.source.contentID),
                options: job.manifest.config,
                lifeline: true
            )
            let line = try MomentsJSON.line(spec)
            let process = try ChildProcess(configuration.worker, environment: WorkerEnvironment.current)
            run = WorkerRun(process, jobID: id, path: path, source: job.status, at: now)
            run.content = job.manifest.source.contentID
            run.freeAtStart = (try? outbox.freeBytes()) ?? 0
            if let memory = configuration.memory { run.limitMemory(to: memory) }
            run.send(Array(line))
        } catch {
            raise("worker", "No worker can be started (\(error)); it is tried again by itself.")
            blockedUntil = now + min(10, configuration.reconcileInterval)
            jobs[path]?.manifest = job.manifest
            save(path, durable: false)
            return false
        }
        settle(trouble: "worker")
        let queue = executor.queue
        let handlers: [@Sendable (isolated Supervisor, String) -> Void] = [
            { $0.hearOutput($1) }, { $0.hearErrors($1) }, { $0.hearEnd($1) },
        ]
        run.listen(
            zip(run.descriptors, handlers).map { descriptor, handler in
                ReadSource(descriptor, on: queue) { [weak self] in
                    self?.assumeIsolated { supervisor in
                        handler(supervisor, id)
                        supervisor.rearm()
                    }
                }
            }
        )
        runs[id] = run
        if let manifest = jobs[path]?.manifest { tell(manifest, event: nil) }
        return true
    }

    /// Ends workers that say nothing, and those that do not stop when told to.
    func superviseRuns(at now: Double) {
        for run in runs.values where !run.isOver {
            if let due = run.killAt, now >= due {
                run.kill()
                run.killAt = now + 5
            } else if now >= run.stallsAt(configuration.stallTimeout) {
                run.stop(.stalled, killAt: now + 5)
            }
        }
    }

    private func hearOutput(_ id: String) {
        guard let run = runs[id] else { return }
        for line in run.readOutput() { hear(line, from: run) }
    }

    private func hearErrors(_ id: String) {
        guard let run = runs[id] else { return }
        let lines = run.readErrors()
        guard let manifest = jobs[run.path]?.manifest else { return }
        for line in lines where !line.isEmpty { observer.workerSaid(line, job: manifest) }
    }

    private func hear(_ line: [UInt8], from run: WorkerRun) {
        guard run.stopReason == nil, var job = jobs[run.path], job.manifest.jobID == run.jobID else { return }
        guard let event = WorkerLine.event(line) else { return }
        let now = MonotonicClock.now
        run.lastSign = now
        switch event {
        case .completed, .failed:
            run.final = event
            return
        case .media(let media):
            job.manifest.estimatedTime = history.estimate(media, job.manifest.config)
        default: break
        }
        let isWorthWriting = job.manifest.apply(event, at: .now)
        jobs[run.path] = job
        if case .stageStarted = event { watchRoom(run, at: now) }
        if isWorthWriting { return save(run.path, event: event, durable: false) }
        if case .progress = event {
            guard now - run.lastReport >= 0.25 else { return }
            run.lastReport = now
        }
        tell(job.manifest, event: event)
    }

    private func hearEnd(_ id: String) {
        hearOutput(id)
        hearErrors(id)
        guard let run = runs[id], let exit = run.reap() else { return }
        let job = jobs[run.path].flatMap { $0.manifest.jobID == id ? $0 : nil }
        guard let job else { return dismiss(run) }
        let outcome = WorkerOutcome.judge(
            last: run.final,
            exit: exit,
            complaints: run.complaints,
            name: job.manifest.source.name.display,
            hasMemoryLimit: configuration.memory != nil
        )
        if case .finished(let result) = outcome, run.stopReason == nil || run.stopReason == .shutdown {
            return publish(result, of: job, run)
        }
        switch (run.stopReason, outcome) {
        case (.unwanted, _), (.superseded, _): break
        case (.shutdown, _): putBack(run.path, "waiting for the service to start again")
        case (.noRoom, _): awaitRoom(run)
        case (.stalled, _):
            let seconds = Int(configuration.stallTimeout)
            let name = job.manifest.source.name.display
            let message =
                "The worker on '\(name)' made no progress for \(seconds) s and was ended; it is tried again by itself."
            fail(
                run.path,
                JobError(.timedOut, message, detail: run.complaints.joined(separator: "\n")),
                in: job.runningStage
            )
        case (nil, .failed(let error, let stage)): takeFailure(error, in: stage ?? job.runningStage, of: job, run)
        case (nil, .finished): break
        }
        dismiss(run)
    }

    /// Ends a job as failed, unless what happened to its video meanwhile was the reason.
    private func takeFailure(_ error: JobError, in stage: Stage?, of job: Job, _ run: WorkerRun) {
        guard isStillTheSame(job, run) else { return awaitAgain(run) }
        let now = MonotonicClock.now
        // What a share that went away, or a full disk, does to a job is no fault of its video: no attempt is counted.
        if error.kind == .outOfSpace { return awaitRoom(run) }
        if [.readFailed, .writeFailed].contains(error.kind), !isInboxThere(at: now) || !isOutboxThere(at: now) {
            return putBack(run.path, "waiting for the folders to be back")
        }
        guard error.kind == .readFailed, job.goneSince != nil || run.path != run.firstPath else {
            return fail(run.path, error, in: stage)
        }
        // The worker looked for it under the name it had: that is no attempt.
        jobs[run.path]?.manifest.attempts = max(0, job.manifest.attempts - 1)
        enqueue(run.path)
    }

    /// Waits for a video again that changed while it was processed.
    func awaitAgain(_ run: WorkerRun) {
        jobs[run.path]?.manifest.status = .uploading
        jobs[run.path]?.manifest.message = "arriving: it changed while it was processed"
        if let status = try? inbox.status(run.path) {
            see(run.path, status, disturbed: true, at: MonotonicClock.now)
        }
        save(run.path)
    }

    /// Puts a job whose worker was stopped by us back into the queue, as if that attempt had not been.
    private func putBack(_ path: FilePath, _ message: String) {
        guard var job = jobs[path] else { return }
        job.manifest.status = .pending
        job.manifest.message = message
        job.manifest.progress = 0
        job.manifest.attempts = max(0, job.manifest.attempts - 1)
        job.manifest.startedAt = nil
        job.manifest.stages = Stage.allCases.map { StageRecord(name: $0) }
        jobs[path] = job
        save(path)
        lineUp(path)
    }

    /// Puts a job back that found no room for its result, and waits for more than it had.
    func awaitRoom(_ run: WorkerRun) {
        let now = MonotonicClock.now
        room.failed(startedWith: run.freeAtStart, at: now)
        putBack(run.path, "waiting for room in the outbox")
        _ = hasRoom(room.afterFailure, at: now)
    }

    /// Stops a worker before a stage for which there is no room any more, rather than let it fail half-way.
    private func watchRoom(_ run: WorkerRun, at now: Double) {
        guard configuration.leastFreeSpace > 0, let free = try? outbox.freeBytes() else { return }
        if free < configuration.leastFreeSpace / 2 { run.stop(.noRoom, killAt: now + 5) }
    }

    /// Removes what a worker made unless its job goes on from there, forgets it, and lets the next one start: perhaps at the same job, in the same folder.
    func dismiss(_ run: WorkerRun) {
        run.isOver = true
        let (outbox, id, content) = (outbox, run.jobID, run.content)
        let isKept = goesOn(id)
        Task {
            if !isKept { await disk.run { try? outbox.removeStaging(of: id, content: content) } }
            runs[id] = nil
            carryOn()
        }
    }

    /// Goes on after a worker's end.
    private func carryOn() {
        healthMayHaveChanged()
        wantsSchedule = true
        rearm()
        if isStopping, runs.isEmpty { endStop() }
    }

    /// Lets those go on who wait for the stop.
    func endStop() {
        stopBy = .infinity
        for waiter in stopWaiters { waiter.resume() }
        stopWaiters = []
    }
}

extension Job {
    /// The stage the worker is in.
    var runningStage: Stage? { manifest.stages.first { $0.status == .running }?.name }
}
