internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// Looking: what was reported or is due is looked at by the reader, and what it found is taken in here at once.
extension Supervisor {
    /// Looks at everything that waits, one thing after the other, unless somebody is at it already.
    func pump() {
        guard !intake.isBusy, isRunning else { return }
        intake.isBusy = true
        Task {
            while isRunning, let item = intake.next() {
                await look(at: item)
                rearm()
            }
            intake.isBusy = false
            if intake.hasEvents { pump() }
        }
    }

    private func look(at item: Intake.Item) async {
        switch item {
        case .events(let events): await follow(events)
        case .video(let path, let what): await handle(what, of: path)
        case .orphan(let key): await giveUpOrphan(key)
        case .folders: await checkFolders()
        case .runs: await checkRuns()
        case .poll: await poll()
        case .survey: await survey()
        case .everything: await lookThroughEverything()
        }
    }

    /// Follows reports, what is gone before what is new, so that both ends of a rename meet.
    private func follow(_ events: [WatchEvent]) async {
        let rules = IgnoreRules(patterns: configuration.ignore)
        let reports = SortedReports(events, rules)
        for reason in reports.losses {
            observers.note("Looking through the whole inbox again: \(reason).")
            intake.add(.folders)
        }
        if reports.isOfInbox || !reports.losses.isEmpty { intake.add(.everything) }
        for path in reports.companions { companionChanged(path) }
        let paths = reports.paths
        guard !paths.isEmpty else { return }
        var found = Array(zip(paths, await reader.look(paths)))
        // What is done to one file of a recording is done to the recording.
        let firsts = Set(found.compactMap { if case .part(let first) = $0.1 { first } else { nil } }).subtracting(paths)
        found += zip(firsts, await reader.look(Array(firsts)))
        let known = paths.flatMap { AlbumFinder.places(above: $0) }.filter { jobs[$0] != nil }
        let albums = await reader.albumPlaces(around: paths).union(known).subtracting(paths)
        found += zip(albums, await reader.look(Array(albums)))
        tracker.foldsCase = await reader.foldsCase
        let losses = tracker.takeLosses(found, rules, in: &jobs, at: .now)
        perform(losses.actions)
        losses.unreadable.forEach(noteUnreadable)
        var unknown: [FilePath] = []
        for (path, sighting) in found {
            guard let status = sighting.video, !rules.ignoresFile(path) else { continue }
            if jobs[path] == nil { unknown.append(path) } else { observe(path, status, disturbed: true) }
        }
        await inspect(unknown, disturbed: true)
        for folder in losses.folders { await scan(folder) }
    }

    /// Takes in that a known video is there.
    func observe(_ path: FilePath, _ status: FileStatus, disturbed: Bool) {
        perform(
            tracker.observe(
                path,
                status,
                age: places.inbox.age(of: status, path),
                disturbed: disturbed,
                settleTime: AlbumFinder.isAlbum(path, configuration) ? configuration.quiet : configuration.settleTime,
                in: &jobs,
                at: .now
            )
        )
    }

    /// Finds out about videos that are not known, a few at a time, and takes them in; what is reported meanwhile goes first.
    private func inspect(_ paths: [FilePath], disturbed: Bool = false) async {
        for some in paths.inTurns where isRunning {
            for inspection in await reader.inspect(some) {
                if jobs[inspection.path] != nil {
                    if let status = inspection.sighting.video { observe(inspection.path, status, disturbed: disturbed) }
                } else {
                    perform(Admission(configuration).admit(inspection, &tracker, &jobs, places.ledger, at: .now))
                }
            }
            if !disturbed, intake.hasEvents { await follow(intake.takeEvents()) }
            rearm()
        }
    }

    /// Lists a folder of the inbox with everything below it, and takes in what is there and what is not.
    private func scan(_ top: FilePath) async {
        let listing = await reader.list(top)
        if await inboxIsOurs() { await absorb(listing, below: top) }
    }

    /// Lists the whole inbox and compares it with everything that is known.
    func lookThroughEverything() async {
        let begun = Moment.now
        agenda[.reconcile] = begun + configuration.reconcileInterval
        scans.beginListing(configuration.reconcileInterval, at: begun)
        guard await inboxIsOurs() else { return }
        tracker.foldsCase = await reader.foldsCase
        let isFirst = !scans.hasListed
        if isFirst {
            let places = places
            for sentence in await queues.disk.run({ Disposal.goOn(places) }) { perform([.problem(sentence)]) }
        }
        let listing = await reader.list("", isFirst: isFirst)
        if let error = listing.unread[""] { return pauseInbox("The inbox cannot be listed (\(error)).") }
        // Another share may have come in its place meanwhile: what that holds is nobody's upload, and nothing is missing.
        guard await inboxIsOurs() else { return }
        clear(.reading)
        for folder in problems.folders where listing.unread[folder] == nil { clear(.folder(folder)) }
        for (folder, error) in listing.unread {
            raise(.folder(folder), "The folder '\(folder.display)' of the inbox cannot be listed (\(error)).")
        }
        await absorb(listing, below: "")
        // Only now are all jobs known: what nobody goes on from goes, and the first worker may start.
        if let pause = scans.listed(hasUnread: !listing.unread.isEmpty) {
            agenda.bring(.reconcile, to: begun + pause)
            scans.wantListing()
        }
        if isFirst { sweep() }
        scheduler.line.isWanted = true
        delayLook(.reconcile, begun: begun)
    }

    private func absorb(_ listing: TreeListing, below top: FilePath) async {
        perform(albumNotices.blocked(in: listing, configuration))
        perform(requestNotices.lone(listing.lone, at: .now))
        let unknown = Array(listing.videos.keys).filter { jobs[$0] == nil }
            .sorted { (listing.videos[$0]?.modified ?? 0, $0) < (listing.videos[$1]?.modified ?? 0, $1) }
        perform(tracker.markMissing(allBut: listing, below: top, in: &jobs, at: .now))
        for (path, status) in listing.videos.sorted(by: { ($0.value.modified, $0.key) < ($1.value.modified, $1.key) }) {
            guard let job = jobs[path] else { continue }
            if !writer.isBusy(path) {
                perform(job.compareCompanions(listing, requestDelay: configuration.requestDelay, at: .now))
            }
            observe(path, status, disturbed: false)
        }
        let orphans = tracker.unknownManifests(listing, below: top, in: jobs)
        await inspect(unknown)
        for some in orphans.inTurns where isRunning {
            let until = Moment.now + configuration.orphanTime
            for (companion, manifest) in await reader.orphans(some) {
                let status = listing.manifests[companion]
                perform(tracker.consider(manifest, at: companion, status, until: until, in: jobs))
            }
        }
        await tellWatch()
    }

    /// The slow safety net: the times of the folders first, and a listing only of those that changed, so that a sleeping
    /// disk stays asleep; now and then everything.
    private func survey() async {
        let begun = Moment.now
        guard !scans.wantsListing(at: begun), problems.isEmpty else { return await lookThroughEverything() }
        agenda[.reconcile] = begun + configuration.reconcileInterval
        guard await inboxIsOurs() else { return }
        let events = await reader.survey()
        guard await inboxIsOurs() else { return }
        await follow(events)
        delayLook(.reconcile, begun: begun)
    }

    /// Looks at the folders that report nothing by themselves.
    private func poll() async {
        let begun = Moment.now
        let events = await reader.poll()
        let isBusy = !events.isEmpty || !scheduler.pool.isEmpty || jobs.hasSettling
        agenda[.poll] = begun + scans.pollPause(configuration.pollInterval, isBusy: isBusy)
        if !events.isEmpty, await !inboxIsOurs() { return }
        await follow(events)
        delayLook(.poll, begun: begun)
    }

    private func delayLook(_ what: Deadline, begun: Moment) {
        let earliest = ScanSchedule.afterLook(begun: begun, isWell: problems.isEmpty, at: .now)
        if let due = agenda[what], due < earliest { agenda[what] = earliest }
    }

    /// Where nothing tells that a video was removed, its worker is not to go on until the folder is looked at.
    private func checkRuns() async {
        let paths = scheduler.pool.all.map(\.path)
        for (path, sighting) in zip(paths, await reader.look(paths)) where sighting.isMissing {
            if await inboxIsOurs() { perform(tracker.markMissing(path, wasFolder: false, in: &jobs, at: .now)) }
        }
        if reports.watch.isPolling, !scheduler.pool.isEmpty { agenda[.runs] = .now + .milliseconds(500) }
    }

    /// Looks whether the inbox is there and still the same; before it is read, and before what was read there counts.
    private func inboxIsOurs() async -> Bool {
        await checkFolders()
        return !problems.has(.inbox)
    }

    /// Looks whether inbox and outbox are there and still the same.
    func checkFolders() async {
        take(await reader.checkFolders())
    }

    /// Does what is due for one video, with what the reader finds.
    func handle(_ what: Deadline.Video, of path: FilePath) async {
        guard let job = jobs[path] else { return }
        switch what {
        case .announce: break
        case .check: await check(path)
        case .withdraw: await withdraw(path)
        case .request:
            let request = await reader.request(path)
            change(path) { $0.follow(request, at: .now) }
        case .retry:
            let request = await reader.request(path)
            let settleTime = configuration.settleTime
            change(path) { job in
                job.take(request)
                return job.tryAgain(settleTime, at: .now)
            }
        case .manifest:
            if writer.isBusy(path) {
                agenda[path, .manifest] = .now + .milliseconds(500)
                return
            }
            let id = job.manifest.jobID
            let sight = await reader.manifest(of: path, expected: job.companions.manifest)
            if case .missing = sight { await checkFolders() }
            guard jobs[path]?.manifest.jobID == id, !writer.isBusy(path) else { return }
            let (settleTime, isThere) = (configuration.settleTime, !problems.has(.inbox))
            let others = Set(sight.jobID.map { jobs.path(of: $0) == nil ? [] : [$0] } ?? [])
            change(path) { job in
                job.take(sight, isInboxThere: isThere, isKnown: { others.contains($0) }, settleTime, at: .now)
            }
        }
    }

    /// Takes in that a video is not where it was, before anything tells: what failed for it may have failed for that.
    func missIfGone(_ path: FilePath) async {
        guard case .missing = await reader.look(path), await inboxIsOurs() else { return }
        perform(tracker.markMissing(path, wasFolder: false, in: &jobs, at: .now))
    }

    /// A video was not there for a while: it is gone, unless it is back, or everything is.
    private func withdraw(_ path: FilePath) async {
        guard jobs[path]?.isGone == true else { return }
        let sighting = await reader.look(path)
        await checkFolders()
        guard jobs[path]?.isGone == true else { return }
        switch sighting {
        case .video(let status): return observe(path, status, disturbed: true)
        case .unknown(let error):
            agenda[path, .withdraw] = .now + .seconds(2)
            return noteUnreadable(error)
        case .missing, .other, .part, .folder: break
        }
        // A share that went away took everything with it; that is no removal.
        if problems.has(.inbox) {
            agenda[path, .withdraw] = .now + .seconds(5)
        } else {
            perform(tracker.withdraw(path, keepFor: configuration.orphanTime, in: &jobs, at: .now))
        }
    }

    /// Removes a manifest whose video did not turn up under another name.
    private func giveUpOrphan(_ key: String) async {
        guard let manifest = tracker.orphan(key) else { return }
        let video = manifest.source.path
        let sighting = await reader.look(video)
        await checkFolders()
        tracker.dropOrphan(key)
        // Kept, it is found again by the next listing.
        guard jobs[video] == nil, !sighting.isUncertain, !problems.has(.inbox) else { return }
        let id = manifest.jobID
        // In its place stands by now where the recording's manifest is.
        if !sighting.isPart { perform([.removeManifest(video)]) }
        perform([.discard(id, content: nil), .strike(id), .forget(id)])
    }

    /// Takes in that a manifest or a request was written, renamed or removed.
    private func companionChanged(_ path: FilePath) {
        if IgnoreRules.isManifest(path.name) {
            let video = ManifestName.video(of: path) ?? jobs.keys.first { ManifestName.manifest(of: $0) == path }
            // Our own writing is reported too; and a video may be on the way after its manifest.
            guard let video, let job = jobs[video], job.companions.isWritten else { return }
            agenda.bring(.video(video, .manifest), to: .now + .milliseconds(500))
        } else if IgnoreRules.isRequest(path.name) {
            let video = ManifestName.video(of: path) ?? jobs.keys.first { ManifestName.request(of: $0) == path }
            if let video, jobs[video] != nil { agenda[video, .request] = .now + configuration.requestDelay }
        }
    }
}
