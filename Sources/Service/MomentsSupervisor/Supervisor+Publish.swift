internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// What a worker made becomes visible.
extension Supervisor {
    func publish(_ result: JobResult, of job: Job, _ run: WorkerRun) {
        guard isStillTheSame(job, run) else {
            awaitAgain(run)
            return dismiss(run)
        }
        run.isOver = true
        run.killAt = nil
        _ = jobs[run.path]?.manifest.apply(.stageStarted(.publish), at: .now)
        jobs[run.path]?.manifest.result = result
        guard let manifest = jobs[run.path]?.manifest else { return dismiss(run) }
        tell(manifest, event: .stageStarted(.publish))
        let (outbox, id) = (outbox, run.jobID)
        Task {
            let outcome = await disk.run {
                Result { () throws(JobError) in try outbox.publish(manifest, at: .now) }
            }
            published(outcome, id)
        }
    }

    func published(_ outcome: Result<Manifest, JobError>, _ id: String) {
        guard let run = runs[id] else { return }
        guard let job = jobs[run.path], job.manifest.jobID == id, job.goneSince == nil,
            !job.isCancelledByHand
        else {
            // Cancelled in the last moment: what has just become visible goes again.
            if case .success(let manifest) = outcome, let folder = manifest.result?.folder {
                let outbox = outbox
                Task { await disk.run { try? outbox.retract(folder, of: id) } }
            }
            return dismiss(run)
        }
        switch outcome {
        case .success(var manifest):
            manifest.source = job.manifest.source
            jobs[run.path]?.manifest = manifest
            jobs[run.path]?.crashes = 0
            save(run.path)
            nextTidying = 0
            history.add(manifest)
        case .failure(let error):
            if error.kind == .outOfSpace { awaitRoom(run) } else { fail(run.path, error, in: .publish) }
        }
        let path = run.path
        dismiss(run)
        clearAway(path)
    }

    /// Whether the video still holds what the worker was given.
    func isStillTheSame(_ job: Job, _ run: WorkerRun) -> Bool {
        guard case .there(let status) = inbox.look(run.path) else { return true }
        if status.size == run.source.size, status.modified == run.source.modified, status.inode == run.source.inode {
            return true
        }
        guard let file = try? inbox.openRegular(run.path),
            let contentID = try? ContentIdentity.of(file, path: run.path)
        else { return false }
        return job.manifest.contentIs(contentID)
    }
}
