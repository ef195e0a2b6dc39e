internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// What is made of a video that is seen for the first time, with or without a manifest from before.
struct Admission {
    private let configuration: SupervisorConfiguration
    private let schedule: RetrySchedule
    private let resolver: RequestResolver
    /// How often a job can be found in work by a service that starts, until it is held to be what ends the service.
    static let mostStarts = 3

    init(_ configuration: SupervisorConfiguration) {
        self.configuration = configuration
        schedule = RetrySchedule(pauses: configuration.retryPauses)
        resolver = RequestResolver(configuration)
    }

    /// Takes in a video that is not known, by the manifest beside it if there is one that can be believed.
    ///
    /// - Parameters:
    ///   - inspection: What was found out about it.
    ///   - tracker: Knows what is gone: it may only have been renamed.
    ///   - jobs: All jobs; it is among them afterwards.
    ///   - ledger: What the service knows of its jobs, which counts how often this one was found in work.
    ///   - now: The moment.
    /// - Returns: What follows.
    func admit(
        _ inspection: Inspection,
        _ tracker: inout InboxTracker,
        _ jobs: inout JobTable,
        _ ledger: Ledger,
        at now: Moment
    ) -> [Action] {
        let path = inspection.path
        guard let status = inspection.sighting.video else { return [] }
        if let old = tracker.oldName(of: path, status, hasManifest: inspection.manifest != nil, in: jobs) {
            return tracker.relocate(old, to: path, status, in: &jobs, at: now)
        }
        var admitted: (job: Job, actions: [Action])?
        switch inspection.reading {
        // A manifest that cannot be read now is no missing one: the video would be done a second time.
        case .failure(let error): return [.unreadable(error)]
        case .success(.none): break
        case .success(.broken(let reason)):
            let (job, actions) = expect(inspection, status, at: now)
            admitted = (job, [.setAside(path, reason: reason)] + actions)
        case .success(.manifest(let manifest)):
            if let owner = jobs.path(of: manifest.jobID) {
                // Moved together with its video, it is the same job; copied along, it belongs to the other one.
                if jobs[owner]?.isGone == true { return tracker.relocate(owner, to: path, status, in: &jobs, at: now) }
            } else if inspection.isTrusted {
                let isCutOff = manifest.status == .processing && inspection.published == nil
                let starts = isCutOff ? ledger.foundAtWork(manifest) : 0
                admitted = resume(manifest, inspection, status, starts: starts, at: now)
            }
        }
        let (job, actions) = admitted ?? expect(inspection, status, at: now)
        jobs[path] = job
        return actions
    }

    /// Begins to wait for a new video.
    private func expect(_ inspection: Inspection, _ status: FileStatus, at now: Moment) -> (job: Job, actions: [Action])
    {
        let path = inspection.path
        let source = SourceInfo(
            name: path.name,
            folder: path.parent,
            size: status.size,
            modifiedAt: status.modifiedAt,
            owner: status.owner
        )
        let wish = (try? inspection.request.wish.get()) ?? resolver.ordinaryWish(for: path)
        let manifest = Manifest(
            jobID: JobIdentifier.make(),
            source: source,
            config: wish.options,
            preset: wish.preset,
            at: .now
        )
        var job = Job(manifest: manifest, status: status)
        job.take(inspection.request)
        let settleTime = configuration.settleTime
        let isAlbum = AlbumFinder.isAlbum(path, configuration)
        let due = job.beginSettling(isAlbum ? configuration.quiet : settleTime, at: now)
        return (job, [.due(path, .check, due), .due(path, .announce, now + min(.seconds(1), settleTime / 2))])
    }

    /// Goes on where an earlier daemon was.
    ///
    /// - Parameters:
    ///   - manifest: What that one left.
    ///   - inspection: What else is known.
    ///   - status: The video.
    ///   - starts: How often in a row a service found the job in work when it started, this time included.
    ///   - now: The moment.
    /// - Returns: The job, and what follows.
    private func resume(
        _ manifest: Manifest,
        _ inspection: Inspection,
        _ status: FileStatus,
        starts: Int,
        at now: Moment
    ) -> (job: Job, actions: [Action]) {
        let path = inspection.path
        var job = Job(manifest: manifest, status: status)
        job.place(at: path)
        job.companions.manifest = inspection.manifest
        job.companions.isWritten = true
        job.isWary = manifest.error.map { Job.ends.contains($0.kind) } ?? false
        job.crashes = manifest.error?.kind == .workerCrashed ? 1 : 0
        let isRequestNew = inspection.request.isNewer(than: manifest.createdAt)
        // One that was there before the job was made did not keep it from being made.
        let isCancelOpen = isRequestNew || [.uploading, .cancelled].contains(manifest.status)
        job.take(isCancelOpen ? inspection.request : inspection.request.withoutCancel)
        let looksSame =
            (job.content != nil || manifest.status == .cancelled) && manifest.source.size == status.size
            && manifest.source.modifiedAt == status.modifiedAt
        var actions: [Action] = []
        if !looksSame || manifest.status == .uploading {
            let settleTime = AlbumFinder.isAlbum(path, configuration) ? configuration.quiet : configuration.settleTime
            actions.append(.due(path, .check, job.beginSettling(settleTime, at: now)))
        }
        if let due = schedule.due(manifest, at: now) { actions.append(.due(path, .retry, due)) }
        switch manifest.status {
        case .processing:
            if let published = inspection.published {
                job.manifest = published
                actions += [.record(path), .save(path, durable: true)]
            } else if !looksSame {
                job.manifest.await("arriving")
            } else if starts >= Self.mostStarts {
                actions.append(.fail(path, Self.endsTheService(job.manifest, starts)))
            } else {
                actions.append(.enqueue(path))
            }
        case .pending where looksSame: actions.append(job.isAsWanted ? .lineUp(path) : .enqueue(path))
        case .pending: job.manifest.await("arriving")
        case .failed where looksSame: actions += job.retryAsWanted()
        default: break
        }
        actions.append(.tell(path))
        if isRequestNew { actions.append(.due(path, .request, now)) }
        if looksSame { actions.append(.clearAway(path)) }
        return (job, actions)
    }

    private static func endsTheService(_ manifest: Manifest, _ starts: Int) -> JobError {
        let name = manifest.source.name.display
        let stage = manifest.stages.last { $0.status == .running || $0.status == .completed }?.name.rawValue ?? "start"
        return JobError(
            .workerCrashed,
            "'\(name)' was being worked on each of the last \(starts) times the service ended without being told to, so "
                + "it may be what ends it; it is not tried again by itself. moments retry does.",
            detail: "last seen in stage \(stage), attempt \(manifest.attempts)",
            transient: false
        )
    }
}
