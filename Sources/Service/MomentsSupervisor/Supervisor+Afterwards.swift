internal import MomentsCore
internal import MomentsSettings
internal import MomentsStore
internal import MomentsSystem

/// What becomes of videos that are done, and of results that grow old; nothing unless it is configured.
extension Supervisor {
    /// Archives, removes or quarantines a video whose job is over, where that is configured.
    func clearAway(_ path: FilePath) {
        guard let job = jobs[path], !isStopping, job.tracker == nil, job.goneSince == nil, !job.isLeaving,
            !unwritten.contains(path)
        else { return }
        let manifest = job.manifest
        let depository: Depository?
        switch (manifest.status, configuration.afterSuccess, configuration.afterFailure) {
        case (.completed, .archive, _): depository = Depository(root: configuration.archive)
        case (.completed, .delete, _): depository = nil
        case (.failed, _, .quarantine) where manifest.nextAttemptAt == nil:
            depository = Depository(root: configuration.quarantine)
        default: return
        }
        jobs[path]?.isLeaving = true
        let (inbox, outbox, status) = (inbox, outbox, job.status)
        Task {
            let outcome = await disk.run { () -> Result<FilePath?, SystemError> in
                Result { () throws(SystemError) in
                    if let depository { return try depository.take(manifest, from: inbox, expected: status) }
                    guard outbox.isIntact(manifest) else { throw SystemError("verify the result of", path, code: 5) }
                    try Displacement.remove(path, of: inbox, expected: status)
                    return nil
                }
            }
            left(manifest, outcome)
            rearm()
        }
    }

    private func left(_ manifest: Manifest, _ outcome: Result<FilePath?, SystemError>) {
        let path = manifest.source.path
        guard let job = jobs[path], job.manifest.jobID == manifest.jobID else { return }
        jobs[path]?.isLeaving = false
        switch outcome {
        case .failure(let error):
            // Renamed or changed meanwhile, it is another matter, which its own event tells.
            if error.isMissing || error.code == Self.stale { return }
            raise(
                "leaving",
                "'\(path.display)' is done but cannot be taken out of the inbox (\(error)); it stays, and it is tried again. The "
                    + "service may write only where its unit says so (ReadWritePaths=)."
            )
            nextTidying = MonotonicClock.now + 600
        case .success(let place):
            settle(trouble: "leaving")
            if manifest.status == .completed { known.add(manifest) }
            jobs[path] = nil
            agenda[path] = nil
            try? store.remove(path)
            try? inbox.holding(ManifestName.request(of: path), Folder.removeFile)
            observer.jobRemoved(manifest.jobID)
            observer.note(
                place.map { "'\(path.display)' was moved to \($0.display)." }
                    ?? "'\(path.display)' was removed, as configured; its result was verified before."
            )
            healthMayHaveChanged()
        }
    }

    /// Removes the oldest results where quotas are configured, and tries again what could not leave the inbox.
    func tidy(at now: Double) {
        nextTidying = .infinity
        if troubles["leaving"] != nil {
            nextTidying = now + 600
            for path in jobs.keys { clearAway(path) }
        }
        guard configuration.outboxSize != nil || configuration.retention != nil, isOutboxThere(at: now) else { return }
        nextTidying = now + 3600
        let (outbox, size, retention) = (outbox, configuration.outboxSize, configuration.retention)
        Task {
            let removed = await disk.run {
                let surplus = Outbox.surplus(outbox.results(), size: size, retention: retention, at: .now)
                return surplus.filter { (try? outbox.retract($0.folder, of: $0.jobID)) != nil }
            }
            forget(removed)
            rearm()
        }
    }

    private func forget(_ removed: [Outbox.Stored]) {
        for result in removed {
            observer.note(
                "The result '\(result.folder.display)' was removed, as [Limits] OutboxSize= and Retention= say."
            )
            guard let path = jobs.path(of: result.jobID) else { continue }
            jobs[path]?.manifest.message = "its result was removed to make room ([Limits] OutboxSize=, Retention=)"
            save(path, durable: false)
        }
    }

    /// ESTALE: the file is not the one it was.
    private static let stale: Int32 = 116
}
