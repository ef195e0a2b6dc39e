internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// Content that was processed already: told from mere likeness by every byte, and linked to the result that is there.
extension Supervisor {
    /// Begins to compare a waiting job with one that has the same content and options and is completed.
    ///
    /// - Returns: Whether there is such a job, so that this one has to wait for the answer.
    func compare(_ job: Job) -> Bool {
        guard let content = job.manifest.source.contentID else { return false }
        let twin = jobs.paths(ofContent: content).lazy.compactMap { [self] in jobs[$0] }.first { other in
            other.manifest.status == .completed && other.manifest.config == job.manifest.config
                && other.manifest.jobID != job.manifest.jobID && !job.distinct.contains(other.manifest.jobID)
                && other.goneSince == nil && other.tracker == nil
        }
        guard let twin else { return linkToKnown(job, content) }
        guard isResultThere(twin.manifest) else { return false }
        let (own, other, inbox, path) = (job.manifest.jobID, twin.manifest.jobID, inbox, job.path)
        let (first, second) = (job.path, twin.path)
        jobs[path]?.isCompared = true
        Task {
            let isSame = await readers.run { () -> Bool? in
                guard let one = try? inbox.openRegular(first), let two = try? inbox.openRegular(second) else {
                    return nil
                }
                return try? ContentIdentity.isSame(one, two, path: inbox.root.appending(first))
            }
            compared(own, with: other, isSame)
            rearm()
        }
        return true
    }

    private func compared(_ own: String, with other: String, _ isSame: Bool?) {
        guard let path = jobs.path(of: own) else { return }
        jobs[path]?.isCompared = false
        wantsSchedule = true
        let twin = jobs.path(of: other).flatMap { jobs[$0] }
        guard isSame == true, let twin, twin.manifest.status == .completed else {
            jobs[path]?.distinct.insert(other)
            return
        }
        guard jobs[path]?.manifest.status == .pending, let result = twin.manifest.result else { return }
        link(path, to: result, twin.manifest.media, "same content as \(twin.path.display), whose result it shares")
    }

    /// Links a job to the result of a video that was archived or deleted after it.
    ///
    /// Its bytes are not there to be compared, so that only a result that says which job it is of counts.
    private func linkToKnown(_ job: Job, _ content: String) -> Bool {
        guard let entry = known.find(content: content, options: job.manifest.config),
            let manifest = outbox.manifest(in: entry.folder), manifest.jobID == entry.jobID,
            var result = manifest.result, job.manifest.jobID != entry.jobID
        else { return false }
        result.folder = entry.folder
        link(job.path, to: result, manifest.media, "processed before, as \(manifest.source.path.display)")
        return true
    }

    private func link(_ path: FilePath, to result: JobResult, _ media: MediaInfo?, _ message: String) {
        guard let folder = result.folder else { return }
        jobs[path]?.manifest.media = media
        jobs[path]?.manifest.complete(result, folder: folder, at: .now)
        jobs[path]?.manifest.message = message
        save(path)
        clearAway(path)
    }

    private func isResultThere(_ manifest: Manifest) -> Bool {
        guard let folder = manifest.result?.folder else { return false }
        return outbox.manifest(in: folder) != nil
    }
}
