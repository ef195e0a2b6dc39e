internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWorkers

/// Who works, who waits, and what becomes of a job whose worker has ended; it touches no file and no process.
struct JobScheduler {
    /// The videos that wait for a worker.
    var line: JobQueue
    /// The workers.
    var pool = WorkerPool()
    /// What past jobs took.
    var history: JobHistory

    /// Goes on with the turns that an earlier service saved.
    init(turns: FilePath, history: JobHistory) {
        line = JobQueue(OwnerAccounts(file: turns))
        self.history = history
    }

    /// Takes in whose videos are whose.
    mutating func share(_ sharing: Sharing, _ jobs: inout JobTable) {
        line.sharing = sharing
        jobs.sharing = sharing.by
    }

    /// Finds who can be started, until nobody can.
    mutating func startNext(
        _ jobs: inout JobTable,
        _ configuration: SupervisorConfiguration,
        _ places: Places,
        isReadOnly: Bool,
        at now: Moment
    ) -> [Action] {
        var actions: [Action] = []
        let day = LocalTime.day
        line.isWanted = false
        while pool.count < configuration.workers {
            let linksDuplicates = configuration.linksDuplicates
            let contents = linksDuplicates ? Set(pool.paths.compactMap { jobs[$0]?.content }) : []
            let known = linksDuplicates ? places.known : nil
            let held = line.held
            let next = line.next(jobs, busy: contents, isBusy: { [pool] in pool.isBusy($0) }, known: known, on: day)
            actions += line.tellHeld(since: held, &jobs, at: now)
            switch next {
            case .nobody: return actions
            case .compare(let path, let other):
                if let ticket = jobs[path]?.phase.ticket { jobs[path]?.phase = .compared(ticket) }
                actions.append(.compare(path, with: other))
            case .start(let path):
                guard let launch = begin(path, &jobs, configuration, places, isReadOnly: isReadOnly, at: now)
                else { continue }
                actions += saving + [.launch(launch)]
            }
        }
        return actions
    }

    /// Gives a job a worker's place.
    private mutating func begin(
        _ path: FilePath,
        _ jobs: inout JobTable,
        _ configuration: SupervisorConfiguration,
        _ places: Places,
        isReadOnly: Bool,
        at now: Moment
    ) -> Launch? {
        guard var job = jobs[path] else { return nil }
        let before = job.manifest
        job.phase = .working
        job.manifest.begin(at: .now)
        job.manifest.updatedAt = .now
        jobs[path] = job
        pool.begin(before.jobID, path)
        let least = configuration.leastFreeSpace
        let needed = line.roomNeeded(job, least: least, at: now)
        let starter = JobStarter(
            configuration,
            places,
            footage: FootageFinder(for: job.manifest, in: jobs),
            room: line.looksAtRoom(least: least) ? needed : nil,
            isReadOnly: isReadOnly
        )
        return Launch(
            starter: starter,
            manifest: job.manifest,
            before: before,
            status: job.status,
            request: job.companions.request,
            isWary: job.isWary
        )
    }

    /// Takes in that a worker was started.
    ///
    /// - Parameters:
    ///   - run: The worker.
    ///   - written: The manifest's file, if it could be written.
    ///   - jobs: All jobs.
    ///   - isRunning: Whether the service goes on.
    /// - Returns: What follows.
    mutating func started(
        _ run: Run,
        _ written: FileStatus?,
        _ jobs: inout JobTable,
        isRunning: Bool
    ) -> [Action] {
        var run = run
        pool.began(run.jobID)
        let path = jobs.path(of: run.jobID)
        run.path = path ?? run.path
        pool[run.jobID] = run
        guard isRunning, let path, var job = jobs[path], job.phase == .working else {
            pool.stop(run.jobID, isRunning ? .unwanted : .shutdown, grace: .milliseconds(500))
            return []
        }
        let isWhereItWas = path == run.firstPath
        if isWhereItWas, let written { job.companions.manifest = written }
        job.companions.isWritten = job.companions.isWritten || written != nil
        jobs[path] = job
        if line.isOutsideHours { run.worker.suspend(true) }
        line.isWanted = true
        return [.settle(.worker), .settle(.space), isWhereItWas ? .tell(path) : .save(path)]
    }

    /// Forgets a worker whose end stands everywhere.
    mutating func freePlace(of id: String) -> [Action] {
        pool[id] = nil
        line.accounts.end(id)
        line.isWanted = true
        return saving
    }

    /// Turns are kept where there are any.
    var saving: [Action] { line.sharing.by == .off ? [] : [.chore(.saveTurns(line.accounts))] }

    /// Puts a job back that could not be started; nobody is started for a while.
    mutating func notStarted(
        _ before: Manifest,
        _ jobs: inout JobTable,
        _ configuration: SupervisorConfiguration,
        _ setback: Setback,
        at now: Moment
    ) -> [Action] {
        pool.began(before.jobID)
        line.block(until: now + min(setback.pause, configuration.reconcileInterval))
        line.accounts.takeBack(before.jobID)
        var actions = saving + [.deadline(.schedule, line.blockedUntil)]
        if let path = jobs.path(of: before.jobID), var job = jobs[path], job.phase == .working {
            let source = job.manifest.source
            job.manifest = before
            job.manifest.source = source
            line.lineUp(&job, configuration.order, isLast: setback.isLast)
            line.isWanted = false
            jobs[path] = job
            if setback.isBegun { actions.append(.save(path)) }
        }
        return actions
    }

    /// Suspends the workers outside the working hours, or lets them go on inside.
    ///
    /// - Returns: What is to be said; nil where nothing changes.
    mutating func suspendWorkers(_ wanted: Bool) -> String? {
        guard wanted != line.isOutsideHours else { return nil }
        line.isOutsideHours = wanted
        for run in pool.all where !run.isOver { run.worker.suspend(wanted) }
        line.isWanted = true
        if !wanted { return "Inside [Workers] Hours= again: work goes on." }
        return
            "Outside [Workers] Hours=: \(pool.isEmpty ? "no worker is started" : "workers are suspended") until then."
    }

    /// Takes in what a worker told.
    mutating func hear(_ event: JobEvent, of id: String, _ jobs: inout JobTable) -> [Action] {
        guard let path = jobs.path(of: id), var job = jobs[path], job.phase == .working, pool[id]?.isStopped != true
        else { return [] }
        if case .learned(let lesson) = event {
            pool[id]?.lesson = lesson
            return []
        }
        if case .media(let media) = event {
            job.manifest.estimatedTime = history.estimate(media, job.manifest.config)
            line.accounts.add(.told(media.duration), to: id)
        }
        let isWorthWriting = job.manifest.apply(event, at: .now)
        jobs[path] = job
        return [isWorthWriting ? .write(path) : nil, .told(path, event)].compactMap { $0 }
    }

    /// Why no job is started, for people.
    static func sentence(place: String, free: Int64, needed: Int64) -> String {
        "The \(place) \(free >> 20) MiB left where the next job may need \(needed >> 20) MiB, so none is started; make "
            + "room, and it goes on by itself."
    }
}
