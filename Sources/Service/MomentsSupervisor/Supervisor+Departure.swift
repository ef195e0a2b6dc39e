internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// Videos that are gone, and manifests without a video.
extension Supervisor {
    /// The video is really gone: its worker stops, and what is left of the job goes.
    func withdraw(_ path: FilePath, at now: Double) {
        guard var job = jobs[path] else { return }
        switch look(path) {
        case .there(let status) where isCandidate(path, status): return see(path, status, disturbed: true, at: now)
        case .unknown(let error):
            jobs[path]?.goneSince = now + 2
            return doubt(error)
        default: break
        }
        guard isInboxThere(at: now) else {
            // A share that went away took everything with it; that is no removal.
            jobs[path]?.goneSince = now + 5
            return
        }
        gone.remove(path)
        jobs[path] = nil
        if [.completed, .failed].contains(job.manifest.status) || job.isCancelledByHand {
            return keepOrphan(job.manifest, at: path, now: now)
        }
        runs[job.manifest.jobID]?.stop(.unwanted, killAt: now + 0.5)
        discardWork(of: job.manifest.jobID)
        if job.isAnnounced {
            try? store.remove(path)
            job.manifest.status = .cancelled
            job.manifest.message = "its video was removed"
            job.manifest.completedAt = .now
            job.manifest.updatedAt = .now
            tell(job.manifest, event: nil)
            observer.jobRemoved(job.manifest.jobID)
        }
    }

    /// Takes in a manifest whose video is not there: it is kept until new arrivals had time to turn out to be that video.
    ///
    /// - Returns: Whether it is one of ours, or may be.
    func considerOrphan(_ companion: FilePath, at now: Double) -> Bool {
        guard let video = ManifestName.video(of: companion), jobs[video] == nil, let reading = try? store.read(video)
        else { return true }
        guard case .manifest(let manifest) = reading, manifest.source.name == video.name,
            jobs.path(of: manifest.jobID) == nil
        else { return false }
        keepOrphan(manifest, at: video, now: now)
        return true
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
            // Kept, it is found again by the next listing.
            guard jobs[video] == nil, case .missing = look(video), isInboxThere(at: now) else { continue }
            try? store.remove(video)
            discardWork(of: orphan.manifest.jobID)
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
        if jobs[old] == nil, !isSameName(old, path) { try? store.remove(old) }
        jobs[path]?.retryAt = RetrySchedule(pauses: configuration.retryPauses)
            .due(job.manifest, at: MonotonicClock.now)
        plan(path)
        if !job.manifest.status.isFinal { enqueue(path) }
        return true
    }

    /// Recognises a video that was renamed without an event that said so, as into a folder made that moment and out again:
    /// the job goes along, with its manifest.
    func followUnseenRename(to path: FilePath, _ contentID: String, at now: Double) -> Bool {
        guard let job = jobs[path] else { return false }
        let left = jobs.paths(ofContent: contentID).first { place in
            guard place != path, jobs[place]?.looksUnchanged(job.status) == true else { return false }
            guard case .missing = look(place) else { return false }
            return true
        }
        guard let left else { return false }
        if job.isAnnounced { observer.jobRemoved(job.manifest.jobID) }
        relocate(left, to: path, job.status, at: now)
        return true
    }
}
