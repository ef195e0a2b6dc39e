internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// Content that was processed already: told from mere likeness by every byte, and linked to the result that is there.
struct DuplicateFinder: Sendable {
    /// What a comparison found.
    enum Answer: Sendable {
        /// It is the same, and this is the result.
        case same(JobResult, MediaInfo?, String)
        /// It is another content, or there is no result of it.
        case another
    }

    let places: Places

    /// The completed job, or the result of a video that left the inbox, that a job may be a duplicate of.
    static func candidate(for job: Job, _ jobs: borrowing JobTable, _ known: KnownResults) -> String? {
        // The words of two stories may be the same, and the pictures beside them others.
        guard let content = job.content, job.manifest.config.album == nil, job.manifest.config.story == nil else {
            return nil
        }
        for path in jobs.paths(ofContent: content) {
            guard let other = jobs[path], other.manifest.status == .completed, other.isSettled,
                other.manifest.config == job.manifest.config, other.manifest.jobID != job.manifest.jobID,
                !job.distinct.contains(other.manifest.jobID)
            else { continue }
            return other.manifest.jobID
        }
        guard let entry = known.find(content: content, options: job.manifest.config),
            entry.jobID != job.manifest.jobID, !job.distinct.contains(entry.jobID)
        else { return nil }
        return entry.jobID
    }

    /// Compares a job with another one, or, without one, with what was processed before; reads both videos whole.
    func compare(_ job: Manifest, with other: Manifest?) -> Answer {
        guard let other else {
            let content = job.source.contentID
            return content.flatMap { places.known.find(content: $0, options: job.config) }.map { find($0) } ?? .another
        }
        guard let result = other.result, let folder = result.folder, places.outbox.manifest(in: folder) != nil,
            job.source.files.count == other.source.files.count,
            zip(job.source.files, other.source.files).allSatisfy(isSame)
        else { return .another }
        return .same(result, other.media, "same content as \(other.source.path.display), whose result it shares")
    }

    private func isSame(_ one: FilePath, _ other: FilePath) -> Bool {
        guard let first = try? places.inbox.openRegular(one), let second = try? places.inbox.openRegular(other) else {
            return false
        }
        return (try? ContentIdentity.isSame(first, second, path: places.inbox.root.appending(one))) == true
    }

    /// Looks for the result of a video that was archived or deleted after it.
    ///
    /// Its bytes are not there to be compared, so that only a result that says which job it is of counts.
    private func find(_ entry: KnownResults.Entry) -> Answer {
        guard let manifest = places.outbox.manifest(in: entry.folder), manifest.jobID == entry.jobID,
            manifest.source.contentID == entry.content, var result = manifest.result
        else { return .another }
        result.folder = entry.folder
        return .same(result, manifest.media, "processed before, as \(manifest.source.path.display)")
    }
}

extension Job {
    /// Takes in whether this waiting job is a duplicate of another one.
    mutating func take(_ answer: DuplicateFinder.Answer, of other: String) -> [Action] {
        guard case .compared(let ticket) = phase else { return [] }
        phase = .waiting(ticket)
        guard case .same(let result, let media, let message) = answer, let folder = result.folder,
            manifest.status == .pending
        else {
            distinct.insert(other)
            return []
        }
        phase = .idle
        manifest.media = media
        manifest.complete(result, folder: folder, at: .now)
        manifest.message = message
        return [.record(path), .save(path, durable: true)]
    }
}
