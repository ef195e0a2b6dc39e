internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// Videos seen for the first time, with or without a manifest from before.
extension Supervisor {
    /// Takes in a video that is not known yet, by the manifest beside it if there is one.
    func welcome(_ path: FilePath, _ status: FileStatus, at now: Double) {
        let reading: ManifestStore.Reading
        // A manifest that cannot be read now is no missing one: the video would be done a second time.
        do { reading = try store.read(path) } catch { return doubt(error) }
        switch reading {
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
        var job = Job(manifest: manifest, status: status)
        job.await(configuration.settleTime, at: now)
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
        job.manifestStatus = store.manifestStatus(of: path)
        job.crashes = manifest.error?.kind == .workerCrashed ? 1 : 0
        job.request = store.requestStatus(for: path)
        let looksSame =
            (manifest.source.contentID != nil || manifest.status == .cancelled) && manifest.source.size == status.size
            && manifest.source.modifiedAt == status.modifiedAt
        if !looksSame || manifest.status == .uploading { job.await(configuration.settleTime, at: now) }
        job.retryAt = RetrySchedule(pauses: configuration.retryPauses).due(manifest, at: now)
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
        case .pending where looksSame: keepWaiting(path)
        case .pending: jobs[path]?.manifest.status = .uploading
        case .failed where looksSame: retryUnderOtherOptions(path)
        default: break
        }
        if let manifest = jobs[path]?.manifest { tell(manifest, event: nil) }
        if let request = job.request,
            max(request.modified, request.changed) / 1_000_000 > manifest.createdAt.milliseconds
        {
            requestChanged(path, at: now)
        }
        plan(path)
        if looksSame { clearAway(path) }
    }

    /// Puts a job back into the queue that waited there before: its manifest stands as it is, if nothing is new.
    private func keepWaiting(_ path: FilePath) {
        guard let job = jobs[path], let wanted = try? resolve(path), wanted.options == job.manifest.config,
            wanted.preset == job.manifest.preset
        else { return enqueue(path) }
        lineUp(path)
    }

    /// Tries a failed job again where its request or the configuration is not what it failed under.
    func retryUnderOtherOptions(_ path: FilePath) {
        guard let job = jobs[path], job.manifest.source.contentID != nil, job.tracker == nil,
            let wanted = try? resolve(path), wanted.options != job.manifest.config
        else { return }
        startOver(path)
        enqueue(path)
    }

    func setAside(_ path: FilePath, _ reason: String) {
        do {
            let place = try store.setAside(path)
            note(
                "What stood in place of the manifest of '\(path.display)' was put aside as '\(place.display)': \(reason)."
            )
        } catch {
            note("What stands in place of the manifest of '\(path.display)' is none (\(reason)), and \(error).")
        }
    }
}
