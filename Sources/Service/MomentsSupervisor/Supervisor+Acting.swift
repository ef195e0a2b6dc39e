internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch
internal import MomentsWorkers

/// Doing what was decided: writing, telling, removing, noting what is wrong.
extension Supervisor {
    /// Does what follows from a decision, in this order.
    func perform(_ actions: [Action]) {
        for action in actions { perform(action) }
    }

    private func perform(_ action: Action) {
        switch action {
        case .save(let path, let durable): save(path, durable: durable)
        case .tell(let path): tell(path)
        case .farewell(let manifest, let before): forget(manifest, from: before)
        case .forget(let id): forget(id)
        case .enqueue(let path): change(path) { scheduler.line.enqueue(&$0, configuration.order) }
        case .lineUp(let path):
            change(path) { job in
                scheduler.line.lineUp(&job, configuration.order)
                return []
            }
        case .write(let path): write(path)
        case .told(let path, let event): tell(path, event: event)
        case .fail(let path, let error, let stage, let durable): fail(path, error, in: stage, durable: durable)
        case .deadline(let key, let due): agenda[key] = due
        case .launch(let launch): self.launch(launch)
        case .compare(let path, let other): compare(path, with: other)
        case .publish(let manifest): publish(manifest)
        case .dismiss(let id): dismiss(id)
        case .left(let path): leave(path)
        case .clearDues(let path): agenda.clear(path)
        case .stopWorker(let id, let wish):
            scheduler.pool.stop(id, wish == .unwanted ? .unwanted : .superseded, grace: .milliseconds(500))
        case .moveRun(let id, let path): scheduler.pool[id]?.path = path
        case .discard(let id, let content):
            if !scheduler.pool.isBusy(id) { queues.start(.removeStaging(id, content: content)) }
        case .removeManifest(let path):
            writer.drop(path)
            manifests.remove(path)
        case .moved(let old, let id):
            writer.move(old, id)
            agenda.bring(.flush, to: .now + .milliseconds(300))
        case .setAside(let path, let reason): setAside(path, reason)
        case .point(let parts, let path, let released): manifests.point(parts, to: path, released: released)
        case .look(let paths): intake.add(paths.map { WatchEvent.look($0) })
        case .clearAway(let path): clearAway(path)
        case .notice(let notice): take(notice)
        case .chore(let chore): queues.start(chore)
        case .record(let path): record(path)
        }
    }

    /// Changes a job and does what follows.
    func change(_ path: FilePath, _ body: (inout Job) -> [Action]) {
        guard var job = jobs[path] else { return }
        let actions = body(&job)
        jobs[path] = job
        perform(actions)
    }

    /// Changes the job of an identifier, if it is still there, and does what follows.
    func change(_ id: String, _ body: (inout Job) -> [Action]) {
        if let path = jobs.path(of: id) { change(path, body) }
    }

    /// Ends a job as failed, and notes when it is tried again.
    func fail(_ path: FilePath, _ error: JobError, in stage: Stage?, durable: Bool = true) {
        guard var job = jobs[path] else { return }
        let schedule = RetrySchedule(pauses: configuration.retryPauses)
        agenda[path, .retry] = job.fail(error, in: stage, schedule, at: .now)
        jobs[path] = job
        record(path)
        save(path, durable: durable)
        clearAway(path)
    }

    /// Notes in the service's own books how a job ended, and what could not be noted before.
    private func record(_ path: FilePath? = nil) {
        let ledger = places.ledger
        if let manifest = path.flatMap({ jobs[$0]?.manifest }) { ledger.add(manifest) }
        // Of thousands at one moment the first notes them all, and the others find nothing to do.
        later(on: queues.keeper) {
            ledger.noteWaiting()
        } then: { supervisor, isNoted in
            let pause = min(.seconds(5), supervisor.configuration.reconcileInterval)
            supervisor.agenda[.books] = isNoted ? nil : .now + pause
            let sentence =
                "What is done cannot be noted in the state folder; nothing is archived or removed until then. Make room "
                + "there, or give the service the right to write."
            if isNoted { supervisor.clear(.ledger) } else { supervisor.raise(.ledger, sentence) }
        }
    }

    /// Takes in that a video was taken out of the inbox, with its job.
    private func leave(_ path: FilePath) {
        jobs[path] = nil
        agenda.clear(path)
        manifests.removeRequest(path)
    }

    private func forget(_ manifest: Manifest, from before: JobStatus?) {
        observers.jobChanged(JobTransition(from: before, to: manifest))
        forget(manifest.jobID)
    }

    private func forget(_ id: String) {
        observers.jobRemoved(id)
        healthMayHaveChanged()
    }

    /// Has a job's manifest written and the observers told: at once, or, where it has to last, once it does.
    func save(_ path: FilePath, durable: Bool = false) {
        guard let manifest = jobs[path]?.manifest else { return }
        jobs[path]?.manifest.updatedAt = .now
        // A job goes on from what is on the disk, and a worker's place waits until it stands there how its job ended.
        let isUrgent = scheduler.pool.isBusy(manifest.jobID) || (durable && !manifest.status.isFinal)
        writer.want(path, durable: durable, isToldAfter: durable, isUrgent: isUrgent)
        if !durable { tell(path) }
        write()
    }

    /// Tells the observers of a job, without writing.
    func tell(_ path: FilePath, event: JobEvent? = nil) {
        guard let job = jobs[path] else { return }
        let transition = JobTransition(from: job.told, to: job.manifest, event: event)
        if job.told != job.manifest.status { jobs[path]?.told = job.manifest.status }
        agenda[path, .announce] = nil
        observers.jobChanged(transition)
        healthMayHaveChanged()
    }

    /// Puts something away that stands in place of a manifest.
    private func setAside(_ path: FilePath, _ reason: String) {
        let manifests = manifests
        later(on: queues.keeper) {
            manifests.setAside(path, reason)
        } then: {
            $0.observers.problem($1)
        }
    }

    private func write(_ path: FilePath) {
        writer.want(path, durable: false)
        write()
    }

    /// Writes the manifests that have to be written, a few at a time.
    func write() {
        let (pieces, manifests) = (writer.next(jobs), manifests)
        guard !pieces.isEmpty else { return resumeIfStill() }
        later(on: queues.keeper) {
            manifests.write(pieces)
        } then: { supervisor, results in
            supervisor.writer.landed()
            for (piece, result) in zip(pieces, results) { supervisor.take(result, of: piece) }
            supervisor.resumeIfStill()
            supervisor.write()
        }
    }

    private func take(_ result: Result<FileStatus, SystemError>, of piece: ManifestWriter.Piece) {
        let path = piece.path
        switch result {
        case .success(let status):
            wroteManifest(path)
            if jobs[path]?.manifest.jobID == piece.manifest.jobID {
                jobs[path]?.companions.manifest = status
                jobs[path]?.companions.isWritten = true
                clearAway(path)
            }
        case .failure(let error): couldNotWrite(path, error)
        }
        if piece.isToldAfter, jobs[path]?.manifest.jobID == piece.manifest.jobID { tell(path) }
    }

    /// Takes in that a manifest was written.
    func wroteManifest(_ path: FilePath) {
        writer.wrote(path)
        for problem in writer.settled { clear(problem) }
    }

    /// Takes in that a manifest could not be written.
    func couldNotWrite(_ path: FilePath, _ error: SystemError) {
        let (problem, sentence) = writer.failed(path, error)
        agenda[.rewrite] = .now + min(.seconds(5), configuration.reconcileInterval)
        raise(problem, sentence)
    }

    /// Brings the manifests of renamed videos to the disk, then removes those under the old names.
    func flushMoved() async {
        let waiting = writer.moved
        guard !waiting.isEmpty else { return }
        let isSynced = await manifests.flush()
        guard isSynced, writer.isIdle else {
            agenda[.flush] = .now + .seconds(isSynced ? 1 : 5)
            return rearm()
        }
        for (old, id) in writer.flushed(waiting) {
            if let new = jobs.path(of: id), tracker.isSameName(old, new) { continue }
            // Another video may have come under the old name; its manifest is its own.
            if jobs[old]?.companions.isWritten != true { manifests.remove(old) }
        }
        await queues.keeper.run {}
    }

    private func take(_ notice: Notice) {
        switch notice {
        case .problem(let text): observers.problem(text)
        case .note(let text): observers.note(text)
        case .raise(let problem, let text): raise(problem, text)
        case .settle(let problem): clear(problem)
        case .unreadable(let error): noteUnreadable(error)
        }
    }

    /// Remembers that something is wrong; it is told once, until it is over.
    func raise(_ problem: Problem, _ text: String) {
        let (isNew, isChanged) = problems.raise(problem, text)
        if isNew {
            observers.problem(text)
            agenda.bring(.folders, to: .now + min(.seconds(10), configuration.reconcileInterval))
        }
        if isChanged { healthMayHaveChanged() }
    }

    /// Remembers that something is well again.
    func clear(_ problem: Problem) {
        guard problems.clear(problem) else { return }
        if problem == .manifests { scheduler.line.isWanted = true }
        healthMayHaveChanged()
    }

    /// Notes that something in the inbox could not be looked at, which says nothing about it; everything is looked at
    /// again soon.
    func noteUnreadable(_ error: SystemError) {
        raise(
            .reading,
            "Something in the inbox cannot be looked at (\(error)); it is tried again, and nothing is taken for removed."
        )
        let pause = max(.seconds(2), scans.rereadPause)
        agenda.bring(.reconcile, to: .now + min(pause, configuration.reconcileInterval))
        scans.wantListing()
    }

    /// Asks for a report of the health, soon but not too often.
    func healthMayHaveChanged() {
        if agenda[.health] == nil { agenda[.health] = .now + HealthReporter.pause }
    }

    /// Reports the health if it has changed.
    func reportHealth() {
        let users = reports.unnamed(jobs)
        if !users.isEmpty {
            later(on: queues.comparer, { users.map(UserName.of) }) { supervisor, names in
                for (user, name) in zip(users, names) { supervisor.reports.names[user] = name }
                supervisor.healthMayHaveChanged()
            }
        }
        guard let health = reports.news(jobs, scheduler, problems) else { return }
        observers.healthChanged(health)
    }

    /// Does everything that is due, or has it looked at; never waits.
    func tick() {
        let now = Moment.now
        let rules = ArrivalRules(configuration)
        for key in agenda.take(at: now, atMost: 1000, restingFor: .milliseconds(20)) {
            switch key {
            case .video(let path, .announce):
                if let job = jobs[path], !job.isAnnounced, job.video.settling != nil { save(path) }
            case .video(let path, let what):
                intake.add(path, what, isStale: jobs[path].map { rules.isStale($0, at: now) } ?? false)
            case .orphan(let key): intake.add(.orphan(key))
            case .reconcile: intake.add(.survey)
            case .poll: if reports.watch.isPolling { intake.add(.poll) }
            case .runs: if reports.watch.isPolling, !scheduler.pool.isEmpty { intake.add(.runs) }
            case .folders: intake.add(.folders)
            case .canaries: takeCanaries()
            case .hours: observeHours(at: now)
            case .tidying: tidy(at: now)
            case .schedule: scheduler.line.unblock(at: now)
            case .day: scheduler.line.isWanted = true
            case .rewrite:
                writer.retry()
                write()
            case .books: record()
            case .flush: Task { await flushMoved() }
            case .health: reportHealth()
            case .stop: resumeIfStill(isLate: true)
            }
        }
        pump()
        rearm()
    }
}
