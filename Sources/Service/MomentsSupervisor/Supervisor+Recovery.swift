internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// Videos seen for the first time, with or without a manifest from before.
extension Supervisor {
    /// Takes in a video that is not known yet, by the manifest beside it if there is one.
    func welcome(_ path: FilePath, _ status: FileStatus, at now: Double) {
        switch reading(of: path) {
        case .none: expect(path, status, at: now)
        case .broken(let reason):
            setAside(path, reason)
            expect(path, status, at: now)
        case .manifest(let manifest):
            guard let owner = jobs.path(of: manifest.jobID) else { return resume(manifest, path, status, at: now) }
            // Moved together with its video, it is the same job; copied along, it belongs to the other one.
            if jobs[owner]?.goneSince != nil { return relocate(owner, to: path, status, at: now) }
            expect(path, status, at: now)
        }
    }

    /// Begins to wait for a new video.
    func expect(_ path: FilePath, _ status: FileStatus, at now: Double) {
        let source = SourceInfo(name: path.name, folder: path.parent, size: status.size, modifiedAt: status.modifiedAt)
        let options =
            (try? resolve(path)) ?? (try? configuration.resolve(nil, nil)) ?? (options: JobOptions(), preset: nil)
        let manifest = Manifest(
            jobID: JobIdentifier.make(),
            source: source,
            config: options.options,
            preset: options.preset,
            at: .now
        )
        let tracker = SettleTracker(status, settleTime: configuration.settleTime, at: now)
        var job = Job(manifest: manifest, status: status)
        job.tracker = tracker
        job.checkAt = tracker.settlesAt
        job.request = store.requestStatus(for: path)
        jobs[path] = job
        plan(path)
    }

    /// Goes on where an earlier daemon was.
    private func resume(_ manifest: Manifest, _ path: FilePath, _ status: FileStatus, at now: Double) {
        var job = Job(manifest: manifest, status: status)
        job.place(at: path)
        job.isAnnounced = true
        job.isWritten = true
        job.crashes = manifest.error?.kind == .workerCrashed ? 1 : 0
        job.request = store.requestStatus(for: path)
        let looksSame =
            manifest.source.contentID != nil && manifest.source.size == status.size
            && manifest.source.modifiedAt == status.modifiedAt
        if !looksSame || manifest.status == .uploading || manifest.status == .cancelled {
            let tracker = SettleTracker(status, settleTime: configuration.settleTime, at: now)
            job.tracker = tracker
            job.checkAt = tracker.settlesAt
            if manifest.status == .cancelled { job.manifest.status = .uploading }
        }
        jobs[path] = job
        switch manifest.status {
        case .processing:
            if let published = outbox.published(job.manifest) {
                jobs[path]?.manifest = published
                save(path)
            } else if looksSame {
                enqueue(path)
            } else {
                jobs[path]?.manifest.status = .uploading
            }
        case .pending where looksSame: enqueue(path)
        case .pending: jobs[path]?.manifest.status = .uploading
        default: break
        }
        if let manifest = jobs[path]?.manifest { tell(manifest, event: nil) }
        if let request = job.request,
            max(request.modified, request.changed) / 1_000_000 > manifest.createdAt.milliseconds
        {
            requestChanged(path, at: now)
        }
        plan(path)
    }

    /// Reads a manifest; where the disk fails it counts as missing, and writing it will tell.
    private func reading(of path: FilePath) -> ManifestStore.Reading {
        do { return try store.read(path) } catch {
            note("The manifest of '\(path.display)' cannot be read (\(error)); the video is taken as new.")
            return .none
        }
    }

    private func setAside(_ path: FilePath, _ reason: String) {
        do {
            let place = try store.setAside(path)
            note(
                "What stood in place of the manifest of '\(path.display)' was put aside as '\(place.display)': \(reason)."
            )
        } catch {
            note("What stands in place of the manifest of '\(path.display)' is none (\(reason)), and \(error).")
        }
    }

    // MARK: - Manifests without a video

    /// Takes in a manifest whose video is not there: it is kept until new arrivals had time to turn out to be that video.
    func considerOrphan(_ companion: FilePath, at now: Double) {
        guard let video = ManifestName.video(of: companion), jobs[video] == nil,
            case .manifest(let manifest) = reading(of: video), manifest.source.name == video.name
        else { return }
        keepOrphan(manifest, at: video, now: now)
    }

    /// Keeps the manifest of a video that is gone for a while.
    func keepOrphan(_ manifest: Manifest, at video: FilePath, now: Double) {
        var manifest = manifest
        manifest.source.name = video.name
        manifest.source.folder = video.parent
        let key = manifest.source.contentID ?? manifest.jobID
        guard orphans[key] == nil else { return }
        orphans[key] = Orphan(manifest: manifest, until: now + 3 * configuration.settleTime + 2)
    }

    /// Removes the manifests whose video did not turn up under another name.
    func dropOrphans(at now: Double) {
        for (key, orphan) in orphans where orphan.until <= now {
            orphans[key] = nil
            let video = orphan.manifest.source.path
            guard jobs[video] == nil, (try? inbox.status(video)) == nil else { continue }
            guard troubles["inbox"] == nil else { continue }
            try? store.remove(video)
            observer.jobRemoved(orphan.manifest.jobID)
            healthMayHaveChanged()
        }
    }

    /// Gives a video that has just settled the job of a vanished one with the same content.
    ///
    /// - Returns: Whether there was such a job.
    func adoptOrphan(_ path: FilePath, contentID: String) -> Bool {
        guard let orphan = orphans.removeValue(forKey: contentID), var job = jobs[path] else { return false }
        let old = orphan.manifest.source.path
        if job.isAnnounced { observer.jobRemoved(job.manifest.jobID) }
        let size = job.status.size
        job.manifest = orphan.manifest
        job.place(at: path)
        job.manifest.source.size = size
        job.manifest.source.modifiedAt = job.status.modifiedAt
        jobs[path] = job
        save(path)
        if jobs[old] == nil { try? store.remove(old) }
        if !job.manifest.status.isFinal { enqueue(path) }
        return true
    }
}
