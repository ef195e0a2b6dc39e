internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// What people do beside the videos: saving a request, removing a manifest.
extension Supervisor {
    /// Takes in that a manifest or a request was written, renamed or removed.
    func companionChanged(_ path: FilePath) {
        let now = MonotonicClock.now
        if IgnoreRules.isManifest(path.name) {
            let video = ManifestName.video(of: path) ?? jobs.keys.first { ManifestName.manifest(of: $0) == path }
            // Our own writing is reported too; and a video may be on the way after its manifest.
            guard let video, let job = jobs[video], job.isWritten else { return }
            if store.exists(video) {
                if let found = store.manifestStatus(of: video), !isOurs(found, of: job) { manifestChanged(video) }
                return
            }
            jobs[video]?.manifestAt = now + 0.5
            plan(video)
        } else if IgnoreRules.isRequest(path.name), let video = ManifestName.video(of: path), jobs[video] != nil {
            requestChanged(video, at: now)
        }
    }

    /// Whether a manifest is the one we wrote.
    func isOurs(_ found: FileStatus, of job: Job) -> Bool { job.manifestStatus.map(found.holdsTheSame) ?? false }

    /// Notes that a request may have changed; it is read when it has been quiet for a moment.
    func requestChanged(_ video: FilePath, at now: Double) {
        jobs[video]?.requestAt = now + min(0.5, configuration.settleTime / 2)
        plan(video)
    }

    /// Takes a changed request into account.
    func applyRequest(_ path: FilePath) {
        guard var job = jobs[path] else { return }
        let now = store.requestStatus(for: path)
        let wasRemoved = now == nil
        job.requestAt = nil
        job.request = now
        jobs[path] = job
        let wanted: (options: JobOptions, preset: String?)?
        do { wanted = try resolve(path) } catch {
            // A disk that fails is no wish for another result.
            if error.kind == .readFailed {
                jobs[path]?.requestAt = MonotonicClock.now + 5
                return plan(path)
            }
            wanted = nil
        }
        let isSame = wanted.map { $0.options == job.manifest.config && $0.preset == job.manifest.preset } ?? false
        switch job.manifest.status {
        case .uploading: return
        case .cancelled:
            if !isSame, !wasRemoved { startOver(path); enqueue(path) }
        case .pending: enqueue(path)
        case .completed, .processing:
            // Taking a request back is no wish for another result.
            if isSame || wasRemoved { return }
            startOver(path)
            enqueue(path)
        case .failed:
            let wasAtFault = [.invalidRequest, .unknownPreset].contains(job.manifest.error?.kind)
            if wasAtFault || !isSame && !wasRemoved {
                startOver(path)
                enqueue(path)
            }
        }
    }

    /// A removed manifest means: do it again; unless the job is under way anyway.
    func manifestRemoved(_ path: FilePath) {
        guard let job = jobs[path], job.isWritten else { return }
        guard job.manifest.status.isFinal else { return save(path) }
        startOver(path)
        if job.manifest.source.contentID == nil { expectAgain(path, at: MonotonicClock.now) } else { enqueue(path) }
    }

    /// Takes in that somebody else wrote a manifest: `moments cancel` is obeyed, anything else put aside.
    func manifestChanged(_ path: FilePath) {
        guard let job = jobs[path], let reading = try? store.read(path) else { return }
        jobs[path]?.manifestStatus = store.manifestStatus(of: path)
        if case .manifest(let found) = reading, found.jobID == job.manifest.jobID {
            if found.status == .cancelled, !job.manifest.status.isFinal { cancel(path, found) }
            return
        }
        if case .none = reading { return }
        if case .manifest(let found) = reading, jobs.path(of: found.jobID) != nil { return save(path) }
        setAside(path, "it is not the one of this job")
        save(path)
    }

    /// Ends a job because a person wants it to, while its video stays.
    private func cancel(_ path: FilePath, _ wish: Manifest) {
        guard var job = jobs[path] else { return }
        runs[job.manifest.jobID]?.stop(.unwanted, killAt: MonotonicClock.now + 0.5)
        discardWork(of: job.manifest.jobID)
        job.tracker = nil
        job.checkAt = nil
        job.manifest.status = .cancelled
        job.manifest.message = Escaping.line(String(wish.message.prefix(200)))
        job.manifest.completedAt = .now
        job.manifest.nextAttemptAt = nil
        job.manifest.stages = Stage.allCases.map { StageRecord(name: $0) }
        jobs[path] = job
        save(path)
        plan(path)
    }

    /// Makes a new job of a video: new identifier, nothing of the old one's course.
    func startOver(_ path: FilePath) {
        guard var job = jobs[path] else { return }
        let old = job.manifest
        runs[old.jobID]?.stop(.superseded, killAt: MonotonicClock.now + 0.5)
        discardWork(of: old.jobID, content: old.source.contentID)
        if job.isAnnounced { observer.jobRemoved(old.jobID) }
        job.manifest = Manifest(
            jobID: JobIdentifier.make(),
            source: old.source,
            config: old.config,
            preset: old.preset,
            at: .now
        )
        job.crashes = 0
        job.retryAt = nil
        job.distinct = []
        jobs[path] = job
    }

    /// Tries a failed job again.
    func tryAgain(_ path: FilePath, at now: Double) {
        jobs[path]?.manifest.nextAttemptAt = nil
        jobs[path]?.retryAt = nil
        if jobs[path]?.manifest.source.contentID == nil { expectAgain(path, at: now) } else { enqueue(path) }
    }

    /// Waits for a video again whose content was never seen.
    private func expectAgain(_ path: FilePath, at now: Double) {
        guard var job = jobs[path] else { return }
        job.await(min(1, configuration.settleTime), at: now)
        job.manifest.status = .uploading
        job.manifest.message = "arriving"
        job.manifest.error = nil
        jobs[path] = job
        save(path)
        plan(path)
    }

    /// The options that request, folder and configuration give for a video.
    func resolve(_ path: FilePath) throws(JobError) -> (options: JobOptions, preset: String?) {
        let first = path.components.count > 1 ? path.components.first?.exactText : nil
        let folder = first.flatMap { configuration.presetNames.contains($0) ? $0 : nil }
        let request = try store.request(for: path)
        do { return try configuration.resolve(request, folder) } catch {
            guard request != nil, [.invalidRequest, .unknownPreset].contains(error.kind) else { throw error }
            let message = "'\(ManifestName.request(of: path).display)' is not obeyed: \(error.message)"
            throw JobError(error.kind, message, detail: error.detail)
        }
    }
}
