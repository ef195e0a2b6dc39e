internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch
internal import MomentsWorkers

/// Work: starting, hearing and judging workers, and showing what they made.
extension Supervisor {
    /// Starts what can be started; called once all news are taken in.
    func startNext() {
        let line = scheduler.line
        guard line.isWanted, isRunning, scans.hasListed, !line.isOutsideHours, line.blockedUntil == nil else { return }
        guard !problems.has(.inbox), !problems.has(.manifests) else { return }
        let actions = scheduler.startNext(&jobs, configuration, places, isReadOnly: !writer.hasWritten, at: .now)
        perform(actions)
        if !actions.isEmpty { healthMayHaveChanged() }
    }

    /// Starts a worker, if the folders are there.
    func launch(_ launch: Launch) {
        let (own, id) = (executor.queue, launch.manifest.jobID)
        Task {
            await checkFolders()
            guard isRunning, !problems.has(.inbox), !problems.has(.outbox) else { return notStarted(launch.before) }
            later(on: queues.keeper) {
                launch.start { news in
                    own.async { self.assumeIsolated { $0.hear(news, of: id) } }
                }
            } then: { supervisor, outcome in
                supervisor.take(outcome, of: launch)
            }
        }
    }

    private func take(_ outcome: JobStarter.Start, of launch: Launch) {
        let path = launch.manifest.source.path
        switch outcome {
        case .started(let run, let written):
            if written != nil { wroteManifest(path) }
            if reports.watch.isPolling { agenda[.runs] = .now + .milliseconds(500) }
            perform(scheduler.started(run, written, &jobs, isRunning: isRunning))
        case .notWritten(let error):
            couldNotWrite(path, error)
            // Others may lie where manifests can be written.
            notStarted(launch.before, Setback(isLast: true))
        case .noRoom(let place, let free, let needed):
            raise(.space, JobScheduler.sentence(place: place, free: free, needed: needed))
            notStarted(launch.before, Setback(pause: .seconds(15)))
        case .refused(let error): notStarted(launch.before, Setback(pause: .zero), [.fail(path, error)])
        case .failed(let error):
            raise(.worker, "No worker can be started (\(error)); it is tried again by itself.")
            notStarted(launch.before, Setback(pause: .seconds(10), isBegun: true))
        }
    }

    private func notStarted(_ before: Manifest, _ setback: Setback = Setback(), _ more: [Action] = []) {
        perform(scheduler.notStarted(before, &jobs, configuration, setback, at: .now) + more)
        rearm()
        resumeIfStill()
    }

    private func hear(_ news: WorkerNews, of id: String) {
        switch news {
        case .event(let event):
            if case .stageStarted = event { watchRoom(id) }
            perform(scheduler.hear(event, of: id, &jobs))
        case .complaint(let line):
            guard let path = jobs.path(of: id), let manifest = jobs[path]?.manifest else { return }
            observers.workerSaid(line, job: manifest)
        case .ended(let end): conclude(id, end)
        }
        rearm()
    }

    /// Stops a worker before a stage for which there is no room any more, rather than let it fail half-way.
    private func watchRoom(_ id: String) {
        let (least, outbox) = (configuration.leastFreeSpace, places.outbox)
        guard least > 0 else { return }
        later(on: queues.keeper) {
            (try? outbox.freeBytes()) ?? .max
        } then: { supervisor, free in
            if free < least / 2 { supervisor.scheduler.pool.stop(id, .noRoom, grace: .seconds(5)) }
        }
    }

    /// A worker has ended: finds out what has to be known, and does what follows.
    private func conclude(_ id: String, _ end: WorkerEnd) {
        Task {
            // Its end may be heard before its start was taken in.
            while scheduler.pool[id] == nil, scheduler.pool.isBusy(id) { await queues.keeper.run {} }
            guard let first = scheduler.pool[id] else { return }
            scheduler.pool[id]?.isOver = true
            await checkFolders()
            if case .failed? = end.last { await missIfGone(first.path) }
            let isUnchanged = await reader.isUnchanged(first.path, since: first.source, content: first.content)
            guard let run = scheduler.pool[id], let job = jobs[run.path], job.manifest.jobID == id else {
                return dismiss(id)
            }
            let facts = Publisher.Facts(
                isUnchanged: isUnchanged,
                areFoldersThere: !problems.has(.inbox) && !problems.has(.outbox)
            )
            let verdict = Publisher(configuration).judge(end, job, run, facts)
            perform(scheduler.follow(verdict, run, &jobs, configuration, at: .now))
            rearm()
        }
    }

    /// Shows a result.
    func publish(_ manifest: Manifest) {
        let places = places
        later(on: queues.disk) {
            places.publish(manifest)
        } then: { supervisor, outcome in
            guard let run = supervisor.scheduler.pool[manifest.jobID] else { return }
            if case .success = outcome { supervisor.learn(from: run, manifest) }
            let configuration = supervisor.configuration
            let actions = supervisor.scheduler.published(outcome, run, &supervisor.jobs, configuration, at: .now)
            supervisor.perform(actions)
        }
    }

    /// Notes what a reel that is shown teaches.
    private func learn(from run: Run, _ manifest: Manifest) {
        guard let lesson = run.lesson, let learning = run.learning else { return }
        let tastes = places.tastes
        later(on: queues.keeper) {
            tastes.learn(lesson, learning, manifest)
        } then: { supervisor, trouble in
            if let trouble { supervisor.observers.problem(trouble) }
        }
    }

    /// Removes what a worker made unless its job goes on from there, forgets it, and lets the next one start: perhaps at
    /// the same job, in the same folder.
    func dismiss(_ id: String) {
        guard let run = scheduler.pool[id] else { return }
        scheduler.pool[id]?.isOver = true
        let (outbox, content, isKept) = (places.outbox, run.content, goesOn(id))
        later(on: queues.disk) {
            if !isKept { try? outbox.removeStaging(of: id, content: content) }
        } then: { supervisor, _ in
            supervisor.freePlace(of: id)
        }
    }

    /// Lets the next job have a worker's place, once it stands how the last one ended: nobody is to see more at work than
    /// there are places.
    private func freePlace(of id: String) {
        if let path = jobs.path(of: id), writer.isBusy(path) {
            return later(on: queues.keeper, {}, then: { supervisor, _ in supervisor.freePlace(of: id) })
        }
        perform(scheduler.freePlace(of: id))
        healthMayHaveChanged()
        resumeIfStill()
    }

    /// Whether a job is to be tried again, so that what its last attempt left is of use.
    func goesOn(_ id: String) -> Bool {
        guard let path = jobs.path(of: id), let job = jobs[path] else { return false }
        return [.pending, .processing].contains(job.manifest.status) || agenda[path, .retry] != nil
    }

    /// Compares a waiting job with one that is completed.
    func compare(_ path: FilePath, with other: String) {
        guard let manifest = jobs[path]?.manifest else { return }
        let finder = DuplicateFinder(places: places)
        let twin = jobs.path(of: other).flatMap { jobs[$0]?.manifest }
        later(on: queues.comparer) {
            finder.compare(manifest, with: twin)
        } then: { supervisor, answer in
            supervisor.scheduler.line.isWanted = true
            supervisor.change(manifest.jobID) { $0.take(answer, of: other) }
        }
    }

    /// Archives, removes or quarantines a video whose job is over, where that is configured.
    func clearAway(_ path: FilePath) {
        guard isRunning, let job = jobs[path], !writer.isBusy(path), !writer.unwritten.contains(path),
            !problems.has(.ledger), let way = Disposal(configuration).way(of: job)
        else { return }
        jobs[path]?.phase = .leaving
        let (manifest, status, places, disk) = (job.manifest, job.status, places, queues.disk)
        // First what the keeper still has to note.
        later(on: queues.keeper) {
        } then: { supervisor, _ in
            supervisor.later(on: disk) {
                Disposal.carryOut(way, manifest, expected: status, places)
            } then: { supervisor, outcome in
                guard supervisor.jobs[path]?.manifest.jobID == manifest.jobID else { return }
                supervisor.jobs[path]?.phase = .idle
                supervisor.perform(Disposal.actions(outcome, manifest, at: .now))
            }
        }
    }

    /// Removes the oldest results where quotas are configured, and tries again what could not leave the inbox.
    func tidy(at now: Moment) {
        agenda[.tidying] = nil
        if problems.has(.leaving) {
            agenda[.tidying] = now + .seconds(600)
            for path in jobs.keys { clearAway(path) }
        }
        let (disposal, outbox) = (Disposal(configuration), places.outbox)
        guard disposal.hasQuota, !problems.has(.outbox) else { return }
        agenda[.tidying] = now + .seconds(3600)
        later(on: queues.disk) {
            disposal.trim(outbox)
        } then: { supervisor, removed in
            for result in removed {
                supervisor.observers.note(Disposal.sentence(onRemoved: result.folder))
                supervisor.observers.resultRemoved(result.folder)
                supervisor.change(result.jobID) { $0.takeRemovedResult() }
            }
        }
    }

    /// Removes what an earlier daemon left in staging, except for jobs that go on from it; only once all jobs are known,
    /// and as long as no worker of ours is at work there.
    func sweep() {
        guard scheduler.pool.isEmpty, scans.hasListed, !problems.has(.inbox) else { return }
        let places = places
        let wanted = Set(jobs.values.map(\.manifest.jobID).filter { goesOn($0) })
        later(on: queues.keeper) {
            places.sweep(keeping: wanted)
        } then: {
            $0.perform($1.map { .notice($0) })
        }
    }

    /// Looks at an arriving video again, and into it once it has been quiet for long enough.
    func check(_ path: FilePath) async {
        guard let job = jobs[path], let settling = job.video.settling, !job.isGone else { return }
        let isAlbum = AlbumFinder.isAlbum(path, configuration)
        if isAlbum, jobs.hasWork(below: path.parent, besides: path, patience: configuration.quiet, at: .now) {
            // What is found in its videos by themselves is made use of.
            agenda[path, .check] = .now + min(.seconds(5), configuration.quiet)
            return
        }
        let examination = await reader.examine(path, settling, isNew: job.content == nil, configuration)
        guard var job = jobs[path], job.video.settling != nil else { return }
        if examination.isGone {
            return perform(tracker.markMissing(path, wasFolder: false, in: &jobs, at: .now))
        }
        var rules = ArrivalRules(configuration)
        rules.crowd = agenda.count
        let (actions, whole) = rules.judge(examination, &job, at: .now)
        jobs[path] = job
        perform(actions)
        guard let whole else { return }
        await take(path, isWhole: whole, parts: examination.parts, rules, isAlbum: isAlbum)
        perform(AlbumNotices.surplus(examination.surplus, of: path))
    }

    /// Takes in that a video is whole, with this content.
    private func take(
        _ path: FilePath,
        isWhole content: String,
        parts: [FilePath],
        _ rules: ArrivalRules,
        isAlbum: Bool
    ) async {
        if jobs[path]?.content == nil {
            clear(.video)
            let schedule = RetrySchedule(pauses: configuration.retryPauses)
            if let actions = tracker.adoptOrphan(for: path, content: content, schedule, in: &jobs, at: .now) {
                // Those that its manifest names may be anybody's.
                jobs[path]?.manifest.source.parts = parts
                return perform(actions)
            }
            if !isAlbum, await followUnseenRename(to: path, content) { return }
        }
        let belongings = isAlbum ? Belongings() : await reader.belongings(of: path, parts)
        let before = jobs[path]?.manifest.source.parts ?? []
        change(path) { job in
            let actions = rules.accept(&job, content)
            job.manifest.companions = belongings.companions
            job.manifest.source.parts = parts
            return actions
        }
        // What came before its video was taken for one.
        perform(tracker.markMissing(belongings.companions + (isAlbum ? [] : parts), in: &jobs, at: .now))
        if !isAlbum { perform(belongings.actions(parts: parts, before: before, of: path)) }
    }

    /// Recognises a video that was renamed without an event that said so, as into a folder made that moment and out again:
    /// the job goes along, with its manifest.
    private func followUnseenRename(to path: FilePath, _ content: String) async -> Bool {
        guard let job = jobs[path] else { return false }
        for place in jobs.paths(ofContent: content)
        where place != path && jobs[place]?.looksUnchanged(job.status) == true {
            guard await reader.look(place).isMissing, jobs[place] != nil, jobs[path] != nil else { continue }
            if job.isAnnounced { perform([.forget(job.manifest.jobID)]) }
            agenda.clear(path)
            perform(tracker.relocate(place, to: path, job.status, in: &jobs, at: .now))
            return true
        }
        return false
    }
}
