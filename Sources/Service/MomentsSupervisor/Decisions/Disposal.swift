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
        var target: Archive?
        switch way {
        case .move(let archive): target = archive
        case .remove:
            guard places.outbox.isIntact(manifest) else { throw SystemError("verify the result of", path, code: EIO) }
        }
        let departure = try Departure(manifest, files.map(\.status), to: target)
        guard departure.isLong else {
            try departure.carryOut(from: inbox)
            return departure.place
        }
        try places.departures.begin(departure)
        do { try departure.carryOut(from: inbox) } catch {
            // What left for good follows the rest at the next start.
            if departure.isUntouched(in: inbox) { places.departures.end(departure) }
            throw error
        }
        places.departures.end(departure)
        return departure.place
    }

    /// Brings to its end what was leaving the inbox when the last service ended; reads and writes.
    ///
    /// - Returns: For people, what could not be: one sentence each.
    static func goOn(_ places: Places) -> [String] {
        places.departures.unfinished().compactMap { departure -> String? in
            let manifest = departure.manifest
            let path = manifest.source.path
            do {
                if places.ledger.agrees(with: manifest) {
                    try departure.carryOut(from: places.inbox, goesOn: true)
                    if departure.place == nil { try places.store.remove(path) }
                    if manifest.status == .completed { places.known.add(manifest) }
                    places.ledger.forget(manifest.jobID)
                }
                places.departures.end(departure)
                return nil
            } catch {
                return "'\(path.display)' was leaving the inbox when the service ended, and cannot now (\(error)); "
                    + "what is left of it is taken for a recording, and the next start tries again."
            }
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
