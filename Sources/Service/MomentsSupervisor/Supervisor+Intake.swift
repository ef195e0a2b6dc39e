internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// Looking: from hints and listings to what is known of each video.
extension Supervisor {
    /// Follows hints, what is gone before what is new, so that both ends of a rename meet.
    func take(_ hints: [WatchHint]) {
        var present: [(FilePath, FileStatus)] = []
        var namesakes: Set<FilePath> = []
        let ignored = { [rules] (path: FilePath) in
            rules.ignoresFile(path) && rules.ignoresFolder(path) && !IgnoreRules.isOurs(path.name)
        }
        for hint in hints {
            switch hint {
            case .everything(let reason):
                observer.note("Looking through the whole inbox again: \(reason).")
                return reconcile()
            case .look(let path):
                if IgnoreRules.isOurs(path.name) {
                    companionChanged(path)
                } else if path.isEmpty {
                    return reconcile()
                } else if ignored(path) {
                    continue
                } else {
                    switch look(path) {
                    case .there(let status): present.append((path, status))
                    case .missing:
                        lose(path)
                        // It may have been done to what is spelled in another way.
                        if foldsCase { namesakes.insert(path.parent) }
                    case .unknown(let error): doubt(error)
                    }
                }
            }
        }
        let now = MonotonicClock.now
        for (path, status) in present {
            switch status.kind {
            case .folder: if !rules.ignoresFolder(path) { scan(path) }
            case .regular: if !rules.ignoresFile(path) { see(path, status, disturbed: true, at: now) }
            case .link where OutwardLink.isOne(path, status, in: inbox.root) && !rules.ignoresFile(path):
                see(path, status, disturbed: true, at: now)
            case .link, .special: lose(path)
            }
        }
        for folder in namesakes { scan(folder) }
    }

    /// Lists a folder of the inbox with everything below it, and takes in what is there and what is not.
    func scan(_ top: FilePath) {
        let listing = TreeListing.of(top, in: inbox, rules: rules) { watch.cover($0) }
        watch.retain(Set(listing.folders), below: top)
        absorb(listing, below: top)
    }

    /// Lists the whole inbox and compares it with everything that is known.
    func reconcile() {
        let now = MonotonicClock.now
        nextReconcile = now + configuration.reconcileInterval
        nextListing = now + configuration.reconcileInterval * Self.looksPerListing
        guard isInboxThere(at: now) else { return }
        let listing = TreeListing.of("", in: inbox, rules: rules) { watch.cover($0) }
        if let error = listing.unread[""] { return pauseInbox("The inbox cannot be listed (\(error)).", at: now) }
        settle(trouble: "inbox-read")
        let unread = Set(listing.unread.keys.map { "folder-\($0.display)" })
        for key in troubles.keys where key.hasPrefix("folder-") && !unread.contains(key) { settle(trouble: key) }
        for (folder, error) in listing.unread {
            raise(
                "folder-\(folder.display)",
                "The folder '\(folder.display)' of the inbox cannot be listed (\(error))."
            )
        }
        // Seldom after a while: all the rest is listed again each time.
        doubtPause = unread.isEmpty ? 0 : min(60, max(5, doubtPause * 2))
        if !unread.isEmpty { nextReconcile = now + min(doubtPause, configuration.reconcileInterval) }
        if !hasListed { for path in listing.leftovers { try? inbox.holding(path, Folder.removeFile) } }
        let isFirst = !hasListed
        hasListed = true
        watch.retain(Set(listing.folders), below: "")
        absorb(listing, below: "")
        if isFirst { sweep() }
        wantsSchedule = true
        nextReconcile = max(nextReconcile, afterLook(begun: now))
    }

    /// When to look again at the earliest, after a look that took long: most of the time is for what arrives.
    ///
    /// What took long because a share does not answer is looked at as soon as ever.
    private func afterLook(begun: Double) -> Double {
        let now = MonotonicClock.now
        let took = now - begun
        return troubles.isEmpty && took > 0.5 ? now + 9 * took : now
    }

    /// The slow safety net: the times of the folders first, and a listing only of those that changed, so that a sleeping
    /// disk stays asleep; now and then everything.
    func lookThrough(at now: Double) {
        guard now < nextListing, troubles.isEmpty else { return reconcile() }
        nextReconcile = now + configuration.reconcileInterval
        guardFolders(at: now)
        guard isInboxThere(at: now) else { return }
        take(watch.survey(at: Timestamp.now.milliseconds * 1_000_000))
        nextReconcile = max(nextReconcile, afterLook(begun: now))
    }

    /// Looks at the folders that report nothing by themselves.
    func poll(at now: Double) {
        let hints = watch.poll(at: Timestamp.now.milliseconds * 1_000_000)
        let isBusy = !hints.isEmpty || !runs.isEmpty || jobs.values.contains { $0.tracker != nil }
        nextPoll = now + pace.pause(configuration.pollInterval, isBusy: isBusy)
        take(hints)
        nextPoll = max(nextPoll, afterLook(begun: now))
    }

    /// Notes that something in the inbox could not be looked at, which says nothing about it; everything is looked at
    /// again soon.
    func doubt(_ error: SystemError) {
        raise(
            "inbox-read",
            "Something in the inbox cannot be looked at (\(error)); it is tried again, and nothing is taken for removed."
        )
        let now = MonotonicClock.now
        nextReconcile = min(nextReconcile, now + min(max(2, doubtPause), configuration.reconcileInterval))
        nextListing = now
    }

    /// A listing of everything comes after so many looks at the folders' times.
    private static let looksPerListing = 24.0

    private func absorb(_ listing: TreeListing, below top: FilePath) {
        let now = MonotonicClock.now
        let unread = Array(listing.unread.keys)
        for path in jobs.keys where listing.videos[path] == nil && (top.isEmpty || path.relative(to: top) != nil) {
            if !unread.contains(where: { path.relative(to: $0) != nil }) { lose(path) }
        }
        for (path, status) in listing.videos.sorted(by: { ($0.value.modified, $0.key) < ($1.value.modified, $1.key) }) {
            let manifest = ManifestName.manifest(of: path)
            if let job = jobs[path], job.isWritten, job.goneSince == nil {
                if listing.manifests[manifest] == nil, !store.exists(path) { manifestRemoved(path) }
                if let found = listing.manifests[manifest], !isOurs(found, of: job) { manifestChanged(path) }
            }
            see(path, status, disturbed: false, at: now)
            observer.progressed()
        }
        for (path, status) in listing.requests {
            guard let video = ManifestName.video(of: path), let job = jobs[video], job.request != status else {
                continue
            }
            requestChanged(video, at: now)
        }
        let known = Set(listing.videos.keys.map { ManifestName.manifest(of: $0) })
        // Strangers can put thousands of large ones there: each is read once.
        foreign = foreign.filter { path, status in
            listing.manifests[path] == status || !top.isEmpty && path.relative(to: top) == nil
        }
        for (path, status) in listing.manifests where !known.contains(path) && foreign[path] != status {
            foreign[path] = considerOrphan(path, at: now) ? nil : status
            observer.progressed()
        }
    }

    /// Looks at a name in the inbox, as it is spelled: where case does not count, a renamed file is still found under its
    /// old name.
    func look(_ path: FilePath) -> Beneath.Look {
        let found = inbox.look(path)
        guard foldsCase, case .there = found, !path.isEmpty else { return found }
        do { return try inbox.lists(path) ? found : .missing } catch {
            return error.isMissing ? .missing : .unknown(error)
        }
    }

    /// Whether two names lead to the same file because only their case differs, and that does not count.
    func isSameName(_ one: FilePath, _ other: FilePath) -> Bool {
        foldsCase && one.text.lowercased() == other.text.lowercased()
    }

    /// Takes in that a video, or a whole folder, is not where it was.
    func lose(_ path: FilePath) {
        let now = MonotonicClock.now
        if var job = jobs[path] {
            guard job.goneSince == nil else { return }
            job.goneSince = now
            jobs[path] = job
            gone.insert(path, job.status)
            return plan(path)
        }
        // It may have been a folder.
        guard watch.covers(path) else { return }
        let prefix = path.bytes + [UInt8(ascii: "/")]
        for inner in jobs.keys where inner.bytes.starts(with: prefix) { lose(inner) }
    }

    /// Takes in that a video is there.
    func see(_ path: FilePath, _ status: FileStatus, disturbed: Bool, at now: Double) {
        guard var job = jobs[path] else {
            if !followRename(to: path, status, at: now) { welcome(path, status, at: now) }
            return
        }
        let returned = gone.remove(path)
        job.goneSince = nil
        if job.tracker != nil {
            let changed = job.tracker?.observe(status, at: now, age: age(of: status, path)) == true
            if changed || disturbed || returned {
                if disturbed || returned { job.tracker?.disturb(at: now) }
                job.checkAt = job.tracker?.settlesAt
                job.writerPause = 1
            }
        } else if !job.looksUnchanged(status) {
            // Perhaps other content, perhaps only touched: what it holds is looked at once it is quiet.
            let tracker = SettleTracker(status, settleTime: configuration.settleTime, at: now)
            job.tracker = tracker
            job.checkAt = tracker.settlesAt
        } else if job.manifest.error?.kind == .readFailed, job.status.changed != status.changed {
            // Its rights may have been put right.
            job.retryAt = now
        }
        job.status = status
        jobs[path] = job
        plan(path)
    }

    /// Recognises a video that was renamed: the job goes along, with its manifest.
    private func followRename(to path: FilePath, _ status: FileStatus, at now: Double) -> Bool {
        let old = gone.paths(of: status).first { jobs[$0]?.looksUnchanged(status) == true }
        // Where case does not count, the old manifest is there under the new name too.
        guard let old, isSameName(old, path) || !store.exists(path) else { return false }
        relocate(old, to: path, status, at: now)
        return true
    }

    /// Gives a job its video's new place.
    func relocate(_ old: FilePath, to path: FilePath, _ status: FileStatus, at now: Double) {
        guard var job = jobs[old] else { return }
        jobs[old] = nil
        agenda[old] = nil
        gone.remove(old)
        job.goneSince = nil
        job.status = status
        job.place(at: path)
        if job.tracker != nil {
            // Programs rename what they have just finished; the quiet time starts again under the new name.
            _ = job.tracker?.observe(status, at: now)
            job.tracker?.disturb(at: now)
            job.checkAt = job.tracker?.settlesAt
        }
        runs[job.manifest.jobID]?.path = path
        jobs[path] = job
        if job.isAnnounced {
            // A whole folder may have been renamed: all its manifests are brought to the disk together, and until then
            // the old ones stay.
            save(path, durable: false)
            moved[old] = job.manifest.jobID
            if nextFlush == nil { nextFlush = now + 0.3 }
        }
        plan(path)
        requestChanged(path, at: now)
    }
}
