internal import Glibc
internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// Follows videos through the inbox: what is there, what is gone, what was only renamed; pure.
struct InboxTracker {
    /// The two halves of a rename are reported together; this is how long the second may take.
    static let renameGrace = Duration.milliseconds(300)

    /// Videos that are not where they were, for the moment in which the other half of a rename may turn up.
    private var gone = RenameTracker()
    /// By content, the manifests of finished jobs whose video is gone: it may turn up under another name.
    private var orphans: [String: Manifest] = [:]
    /// Manifests without a video that are none of ours, as they were when they were read.
    private var foreign: [FilePath: FileStatus] = [:]
    /// Whether the inbox takes names of another case for the same.
    var foldsCase = false

    /// Whether two names lead to the same file because only their case differs, and that does not count.
    func isSameName(_ one: FilePath, _ other: FilePath) -> Bool {
        foldsCase && one.text.lowercased() == other.text.lowercased()
    }

    /// Takes in that a known video is there.
    ///
    /// - Parameters:
    ///   - path: The video.
    ///   - status: What it is.
    ///   - age: How long ago it changed.
    ///   - disturbed: Whether something was reported about it.
    ///   - settleTime: How long a video has to be quiet.
    ///   - jobs: All jobs.
    ///   - now: The moment.
    /// - Returns: What follows.
    mutating func observe(
        _ path: FilePath,
        _ status: FileStatus,
        age: Duration,
        disturbed: Bool,
        settleTime: Duration,
        in jobs: inout JobTable,
        at now: Moment
    ) -> [Action] {
        guard var job = jobs[path] else { return [] }
        var actions: [Action] = []
        let returned = gone.remove(path)
        if job.isGone { actions.append(.due(path, .withdraw, nil)) }
        job.isGone = false
        let isSame = job.looksUnchanged(status)
        let hasNewRights = isSame && job.status.changed != status.changed
        job.status = status
        if var settling = job.video.settling {
            let changed = settling.tracker.observe(status, at: now, age: age)
            if disturbed || returned { settling.tracker.disturb(at: now) }
            if changed || disturbed || returned {
                settling.pause = .seconds(1)
                actions.append(.due(path, .check, settling.tracker.settlesAt))
            }
            job.video = .settling(settling)
        } else if !isSame {
            // Perhaps other content, perhaps only touched: what it holds is looked at once it is quiet.
            actions.append(.due(path, .check, job.beginSettling(settleTime, at: now)))
        } else if job.manifest.error?.kind == .readFailed, hasNewRights {
            actions.append(.due(path, .retry, now))
        }
        jobs[path] = job
        return actions
    }

    /// Takes in that a video, or a whole folder, is not where it was.
    mutating func markMissing(_ path: FilePath, wasFolder: Bool, in jobs: inout JobTable, at now: Moment) -> [Action] {
        if let job = jobs[path] {
            if job.isGone { return [] }
            jobs[path]?.isGone = true
            gone.insert(path, job.status)
            return [.due(path, .withdraw, now + Self.renameGrace)]
        }
        guard wasFolder else { return [] }
        let prefix = path.bytes + [UInt8(ascii: "/")]
        var actions: [Action] = []
        for inner in jobs.keys where inner.bytes.starts(with: prefix) {
            actions += markMissing(inner, wasFolder: false, in: &jobs, at: now)
        }
        return actions
    }

    /// Takes in that what was taken for videos is none.
    mutating func markMissing(_ paths: [FilePath], in jobs: inout JobTable, at now: Moment) -> [Action] {
        paths.filter { jobs[$0] != nil }.flatMap { markMissing($0, wasFolder: false, in: &jobs, at: now) }
    }

    /// Takes in that videos are not where they were: those that a listing does not have, of the folders it could read.
    mutating func markMissing(
        allBut listing: TreeListing,
        below top: FilePath,
        in jobs: inout JobTable,
        at now: Moment
    ) -> [Action] {
        let unread = Array(listing.unread.keys)
        var actions: [Action] = []
        for path in jobs.keys where listing.videos[path] == nil && (top.isEmpty || path.relative(to: top) != nil) {
            if unread.contains(where: { path.relative(to: $0) != nil }) { continue }
            actions += markMissing(path, wasFolder: false, in: &jobs, at: now)
        }
        return actions
    }

    /// Recognises a video that was renamed, by the file it is.
    ///
    /// - Parameters:
    ///   - path: The new name.
    ///   - status: What is there.
    ///   - hasManifest: Whether something stands in place of its manifest.
    ///   - jobs: All jobs.
    /// - Returns: Its old name; nil where it is another video.
    func oldName(
        of path: FilePath,
        _ status: FileStatus,
        hasManifest: Bool,
        in jobs: borrowing JobTable
    ) -> FilePath? {
        var found: FilePath?
        for old in gone.paths(of: status) where jobs[old]?.looksUnchanged(status) == true { found = old }
        // Where case does not count, the old manifest is there under the new name too.
        guard let found, isSameName(found, path) || !hasManifest else { return nil }
        return found
    }

    /// Gives a job its video's new place.
    mutating func relocate(
        _ old: FilePath,
        to path: FilePath,
        _ status: FileStatus,
        in jobs: inout JobTable,
        at now: Moment
    ) -> [Action] {
        guard var job = jobs[old] else { return [] }
        jobs[old] = nil
        gone.remove(old)
        job.isGone = false
        job.status = status
        job.place(at: path)
        var actions: [Action] = [.clearDues(old)]
        if var settling = job.video.settling {
            // Programs rename what they have just finished; the quiet time starts again under the new name.
            _ = settling.tracker.observe(status, at: now)
            settling.tracker.disturb(at: now)
            job.video = .settling(settling)
            actions.append(.due(path, .check, settling.tracker.settlesAt))
        }
        jobs[path] = job
        actions.append(.moveRun(job.manifest.jobID, to: path))
        if job.isAnnounced {
            // A whole folder may have been renamed: all its manifests are brought to the disk together, and until then
            // the old ones stay.
            actions += [.save(path), .moved(old, jobID: job.manifest.jobID)]
        }
        return actions + [.due(path, .request, now)]
    }

    /// Takes in that a video is really gone.
    mutating func withdraw(_ path: FilePath, keepFor: Duration, in jobs: inout JobTable, at now: Moment) -> [Action] {
        guard var job = jobs[path] else { return [] }
        gone.remove(path)
        jobs[path] = nil
        let id = job.manifest.jobID
        if [.completed, .failed].contains(job.manifest.status) || job.isCancelledByHand {
            return [.clearDues(path)] + keep(job.manifest, at: path, until: now + keepFor)
        }
        var actions: [Action] = [.clearDues(path), .stopWorker(id, .unwanted), .discard(id, content: nil), .strike(id)]
        if job.isAnnounced {
            job.manifest.cancel("its video was removed", at: .now)
            actions += [.removeManifest(path), .farewell(job.manifest, from: job.told)]
        }
        return actions
    }

    /// Keeps the manifest of a video that is gone for a while.
    mutating func keep(_ manifest: Manifest, at video: FilePath, until: Moment) -> [Action] {
        var manifest = manifest
        manifest.source.name = video.name
        manifest.source.folder = video.parent
        let key = manifest.source.contentID ?? manifest.jobID
        guard orphans[key] == nil else { return [] }
        orphans[key] = manifest
        return [.orphan(key, until: until)]
    }

    /// The manifest kept under a key.
    func orphan(_ key: String) -> Manifest? { orphans[key] }

    /// Gives up a manifest whose video did not turn up.
    mutating func dropOrphan(_ key: String) { orphans[key] = nil }

    /// Gives a video that has just settled the job of a vanished one with the same content.
    ///
    /// - Parameters:
    ///   - path: The video.
    ///   - content: What it holds.
    ///   - schedule: When a failed job is tried again.
    ///   - jobs: All jobs.
    ///   - now: The moment.
    /// - Returns: What follows; nil where there was no such job.
    mutating func adoptOrphan(
        for path: FilePath,
        content: String,
        _ schedule: RetrySchedule,
        in jobs: inout JobTable,
        at now: Moment
    ) -> [Action]? {
        guard let orphan = orphans.removeValue(forKey: content), var job = jobs[path] else { return nil }
        var actions: [Action] = [.orphan(content, until: nil)]
        let old = orphan.source.path
        if job.isAnnounced { actions.append(.forget(job.manifest.jobID)) }
        job.told = nil
        job.change { $0 = orphan }
        job.place(at: path)
        job.manifest.source.size = job.status.size
        job.manifest.source.modifiedAt = job.status.modifiedAt
        job.video = .settled
        jobs[path] = job
        actions.append(.save(path, durable: true))
        if jobs[old] == nil, !isSameName(old, path) { actions.append(.removeManifest(old)) }
        if !job.manifest.status.isFinal { actions.append(.enqueue(path)) }
        return actions + [.due(path, .retry, schedule.due(job.manifest, at: now))]
    }

    /// Which manifests of a listing stand without a video and have to be read; each foreign one is read once.
    mutating func unknownManifests(
        _ listing: TreeListing,
        below top: FilePath,
        in jobs: borrowing JobTable
    ) -> [FilePath] {
        let known = Set(listing.videos.keys.map { ManifestName.manifest(of: $0) })
        foreign = foreign.filter { path, status in
            listing.manifests[path] == status || !top.isEmpty && path.relative(to: top) == nil
        }
        return listing.manifests.keys.filter { path in
            guard !known.contains(path), foreign[path] != listing.manifests[path] else { return false }
            return ManifestName.video(of: path).map { jobs[$0] == nil } ?? true
        }
    }

    /// Takes in what a manifest without a video holds; nil for one that is none of ours.
    mutating func consider(
        _ manifest: Manifest?,
        at companion: FilePath,
        _ status: FileStatus?,
        until: Moment,
        in jobs: borrowing JobTable
    ) -> [Action] {
        guard let manifest, let video = ManifestName.video(of: companion) else {
            foreign[companion] = status
            return []
        }
        guard jobs[video] == nil, jobs.path(of: manifest.jobID) == nil else { return [] }
        return keep(manifest, at: video, until: until)
    }
}

extension SystemError {
    /// Whether a share, a writer or this process is busy for a while, rather than the file bad.
    var isPassing: Bool {
        [
            EAGAIN, EBUSY, ETXTBSY, EIO, ESTALE, ETIMEDOUT, EINTR, ENOMEM, ENFILE, EMFILE, ENODEV, ENXIO, EHOSTDOWN,
            ENOTCONN,
        ]
        .contains(code)
    }
}
