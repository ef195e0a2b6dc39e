internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// Looking: from hints and listings to what is known of each video.
extension Supervisor {
    /// Follows hints, what is gone before what is new, so that both ends of a rename meet.
    func take(_ hints: [WatchHint]) {
        var present: [(FilePath, FileStatus)] = []
        for hint in hints {
            switch hint {
            case .everything(let reason):
                observer.note("Looking through the whole inbox again: \(reason).")
                return reconcile()
            case .look(let path):
                if IgnoreRules.isOurs(path.name) {
                    companionChanged(path)
                } else if AtomicFile.isTemporary(path.name) {
                    continue
                } else if path.isEmpty {
                    return reconcile()
                } else if let status = try? inbox.status(path) {
                    present.append((path, status))
                } else {
                    lose(path)
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
        guard let status = try? FileStatus.of(inbox.root.appending(".")), status.kind == .folder else {
            return pauseInbox(
                "The inbox \(inbox.root.display) is not there; nothing is taken for removed until it is back."
            )
        }
        let identity = FileIdentity(device: status.device, inode: status.inode)
        let listing = TreeListing.of("", in: inbox, rules: rules) { watch.cover($0) }
        if let error = listing.unread[""] { return pauseInbox("The inbox cannot be listed (\(error)).") }
        let isEmpty = listing.videos.isEmpty && listing.manifests.isEmpty
        if let known = inboxIdentity, known.device != identity.device, isEmpty, !jobs.isEmpty {
            return pauseInbox(
                "The inbox \(inbox.root.display) shows another, empty file system, as when a share is not mounted; nothing "
                    + "is taken for removed until it is back."
            )
        }
        let isFirst = inboxIdentity == nil
        inboxIdentity = identity
        settle(trouble: "inbox")
        let unread = Set(listing.unread.keys.map { "folder-\($0.display)" })
        for key in troubles.keys where key.hasPrefix("folder-") && !unread.contains(key) { settle(trouble: key) }
        for (folder, error) in listing.unread {
            raise(
                "folder-\(folder.display)",
                "The folder '\(folder.display)' of the inbox cannot be listed (\(error))."
            )
        }
        if isFirst { for path in listing.leftovers { try? inbox.holding(path, Folder.removeFile) } }
        watch.retain(Set(listing.folders), below: "")
        absorb(listing, below: "")
        schedule()
    }

    /// Looks at the folders that report nothing by themselves.
    func poll(at now: Double) {
        nextPoll = now + configuration.pollInterval
        take(watch.poll(at: Timestamp.now.milliseconds * 1_000_000))
    }

    private func pauseInbox(_ reason: String) {
        raise("inbox", reason)
        nextReconcile = MonotonicClock.now + min(2, configuration.reconcileInterval)
    }

    private func absorb(_ listing: TreeListing, below top: FilePath) {
        let now = MonotonicClock.now
        let unread = Array(listing.unread.keys)
        for path in jobs.keys where listing.videos[path] == nil && (top.isEmpty || path.relative(to: top) != nil) {
            if !unread.contains(where: { path.relative(to: $0) != nil }) { lose(path) }
        }
        for (path, status) in listing.videos.sorted(by: { ($0.value.modified, $0.key) < ($1.value.modified, $1.key) }) {
            let manifest = ManifestName.manifest(of: path)
            if jobs[path]?.isAnnounced == true, jobs[path]?.goneSince == nil, listing.manifests[manifest] == nil {
                manifestRemoved(path)
            }
            see(path, status, disturbed: false, at: now)
        }
        for (path, status) in listing.requests {
            guard let video = ManifestName.video(of: path), let job = jobs[video], job.request != status else {
                continue
            }
            requestChanged(video, at: now)
        }
        let known = Set(listing.videos.keys.map { ManifestName.manifest(of: $0) })
        for path in listing.manifests.keys where !known.contains(path) { considerOrphan(path, at: now) }
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
            if job.tracker?.observe(status, at: now) == true || disturbed || returned {
                job.tracker?.disturb(at: now)
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
            job.manifest.nextAttemptAt = .now
        }
        job.status = status
        jobs[path] = job
        plan(path)
    }

    /// Recognises a video that was renamed: the job goes along, with its manifest.
    private func followRename(to path: FilePath, _ status: FileStatus, at now: Double) -> Bool {
        let old = gone.paths(of: status).first { jobs[$0]?.looksUnchanged(status) == true }
        guard let old, !store.exists(path) else { return false }
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
            job.tracker?.disturb(at: now)
            job.checkAt = job.tracker?.settlesAt
        }
        runs[job.manifest.jobID]?.path = path
        jobs[path] = job
        if job.isAnnounced {
            // Without waiting for the disk: a whole folder may have been renamed, and the old manifest would do as well.
            save(path, durable: false)
            try? store.remove(old)
        }
        plan(path)
        requestChanged(path, at: now)
    }
}
