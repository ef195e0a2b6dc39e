internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsStore
internal import MomentsSystem

/// What becomes of videos that are done, and of results that grow old; nothing unless it is configured.
struct Disposal: Sendable {
    /// How a video leaves the inbox.
    enum Way: Sendable {
        /// To a folder, with its manifest.
        case move(Archive)
        /// Removed, once its result was read back.
        case remove
    }

    private let afterSuccess: Settings.SuccessPolicy
    private let afterFailure: Settings.FailurePolicy
    private let archive: FilePath
    private let quarantine: FilePath
    /// The most bytes all results may take; nil for no limit.
    let outboxSize: Int64?
    /// How old a result may become; nil for no limit.
    let retention: Duration?

    init(_ configuration: SupervisorConfiguration) {
        afterSuccess = configuration.afterSuccess
        afterFailure = configuration.afterFailure
        archive = configuration.archive
        quarantine = configuration.quarantine
        outboxSize = configuration.outboxSize
        retention = configuration.retention
    }

    /// Whether results have to be looked at from time to time.
    var hasQuota: Bool { outboxSize != nil || retention != nil }

    /// How the video of a job leaves the inbox; nil where it stays.
    func way(of job: Job) -> Way? {
        guard job.isSettled, job.phase == .idle, job.manifest.config.album == nil else { return nil }
        switch (job.manifest.status, afterSuccess, afterFailure) {
        case (.completed, .archive, _): return .move(Archive(root: archive))
        case (.completed, .delete, _): return .remove
        case (.failed, _, .quarantine) where job.manifest.nextAttemptAt == nil:
            return .move(Archive(root: quarantine))
        default: return nil
        }
    }

    /// Takes a video out of the inbox; reads and writes, so it is called on a thread for that.
    ///
    /// - Parameters:
    ///   - way: How.
    ///   - manifest: Its job, in its final status.
    ///   - status: The video as it was last looked at; one that changed since stays where it is.
    ///   - places: Where everything is; nobody's word but the ledger's is taken for a video that is to go.
    /// - Returns: Where it is now; nil where it was removed.
    static func carryOut(
        _ way: Way,
        _ manifest: Manifest,
        expected status: FileStatus,
        _ places: Places
    ) -> Result<FilePath?, SystemError> {
        do {
            let place = try take(way, manifest, expected: status, places)
            if manifest.status == .completed { places.known.add(manifest) }
            return .success(place)
        } catch { return .failure(error) }
    }

    private static func take(
        _ way: Way,
        _ manifest: Manifest,
        expected status: FileStatus,
        _ places: Places
    ) throws(SystemError) -> FilePath? {
        let (inbox, path) = (places.inbox, manifest.source.path)
        var files: [(path: FilePath, status: FileStatus)] = []
        for file in manifest.source.files { files.append((file, try inbox.status(file))) }
        let whole = files.count > 1 ? files[0].status.joined(with: files.dropFirst().map(\.status)) : files[0].status
        guard whole.holdsTheSame(as: status) else { throw SystemError("take", path, code: ESTALE) }
        guard places.ledger.agrees(with: manifest),
            try ContentIdentity.of(manifest.source.files, in: inbox) == manifest.source.contentID
        else { throw SystemError("find in the service's own books", path, code: Self.unknown) }
        switch way {
        case .move(let archive): return try archive.take(manifest, from: inbox, expected: files.map(\.status))
        case .remove:
            guard places.outbox.isIntact(manifest) else { throw SystemError("verify the result of", path, code: EIO) }
            // The first one last: as long as it is there, the others are its parts.
            for file in files.reversed() {
                try Displacement.remove(file.path, of: inbox, expected: file.status)
                if file.path != path { places.store.removePointer(file.path) }
            }
            return nil
        }
    }

    /// What follows from it.
    static func actions(_ outcome: Result<FilePath?, SystemError>, _ manifest: Manifest, at now: Moment) -> [Action] {
        let path = manifest.source.path
        switch outcome {
        case .failure(let error):
            if isAnother(error) { return [] }
            let sentence =
                "'\(path.display)' is done but cannot be taken out of the inbox (\(error)); it stays, and it is tried "
                + "again. The service may write only where its unit says so (ReadWritePaths=)."
            return [.raise(.leaving, sentence), .deadline(.tidying, now + .seconds(600))]
        case .success(let place):
            let sentence =
                place.map { "'\(path.display)' was moved to \($0.display)." }
                ?? "'\(path.display)' was removed, as configured; its result was verified before."
            let id = manifest.jobID
            return [.settle(.leaving), .left(path), .removeManifest(path), .strike(id), .forget(id), .note(sentence)]
        }
    }

    /// Removes the oldest results that are more than may stay.
    func trim(_ outbox: Outbox) -> [Outbox.Stored] {
        let surplus = Outbox.surplus(outbox.results(), size: outboxSize, retention: retention, at: .now)
        return surplus.filter { (try? outbox.retract($0.folder, of: $0.jobID)) != nil }
    }

    /// What is said of a result that was removed.
    static func sentence(onRemoved folder: FilePath) -> String {
        "The result '\(folder.display)' was removed, as [Limits] OutboxSize= and Retention= say."
    }

    /// Whether an error only says that the video is another one by now, which its own event tells.
    private static func isAnother(_ error: SystemError) -> Bool { error.isMissing || error.code == ESTALE }

    private static let unknown = EBADMSG
}

extension Job {
    /// Takes in that its result was removed because of a quota.
    mutating func takeRemovedResult() -> [Action] {
        manifest.message = "its result was removed to make room ([Limits] OutboxSize=, Retention=)"
        return [.save(path)]
    }
}
