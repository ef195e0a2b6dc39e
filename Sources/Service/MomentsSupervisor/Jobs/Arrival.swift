internal import Glibc
internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// What a look into a quiet file tells.
enum Arrival: Sendable {
    /// It is whole, or nothing says that it is not.
    case whole(contentID: String)
    /// Somebody has it open for writing; once it has not changed for `tolerance`, that no longer counts.
    case stillWritten(tolerance: Duration)
    /// Something is clearly missing.
    case incomplete(Gap, contentID: String)
    /// It is gone, or no regular file any more.
    case gone
    /// It cannot be read.
    case unreadable(SystemError)

    /// What keeps a quiet file from being processed.
    struct Gap: Hashable, Sendable {
        let reason: String
        let playable: Bool
    }

    /// For how long a file that is still open for writing is waited for, without a change.
    ///
    /// File servers in user space keep a file open long after the last byte, and nothing tells when they close it.
    struct WriterTolerance {
        private let whole: Duration

        /// - Parameters:
        ///   - settleTime: How long any file has to be quiet.
        ///   - isNew: Whether nothing is known of its content: one that is overwritten in place looks whole all the time.
        init(settleTime: Duration, isNew: Bool) {
            whole = isNew ? min(settleTime + .milliseconds(300), .seconds(20)) : .seconds(20)
        }

        /// How long a file of this kind is waited for.
        func limit(for completeness: Completeness) -> Duration {
            // Where nothing tells the end, a recording that pauses looks like one that is over.
            completeness == .complete ? whole : .seconds(600)
        }
    }

    /// Looks into a file, or the files of a recording.
    ///
    /// - Parameters:
    ///   - files: Their paths below the inbox.
    ///   - inbox: The inbox.
    ///   - age: How long they have not changed.
    ///   - tolerance: How long one that is open for writing is waited for.
    ///   - takesGaps: Whether an incomplete but playable file counts as whole, because it was waited for long enough.
    /// - Returns: What it tells.
    static func examine(
        _ files: [FilePath],
        in inbox: RootedDirectory,
        age: Duration,
        _ tolerance: WriterTolerance,
        takesGaps: Bool
    ) -> Arrival {
        do {
            for name in files {
                let file = try inbox.openRegular(name)
                let path = inbox.root.appending(name)
                let completeness = try ContainerProbe.examine(file, path: path)
                let limit = tolerance.limit(for: completeness)
                if WriterCheck.ask(file) == .somebody, age < limit { return .stillWritten(tolerance: limit) }
                if case .incomplete(let reason, let playable) = completeness, !takesGaps || !playable {
                    let reason = files.count > 1 ? "'\(name.name.display)': \(reason)" : reason
                    let content = try ContentIdentity.of(files, in: inbox)
                    return .incomplete(Gap(reason: reason, playable: playable), contentID: content)
                }
            }
            return .whole(contentID: try ContentIdentity.of(files, in: inbox))
        } catch {
            // No regular file, or a link on the way.
            if error.isMissing || error.code == EINVAL || error.code == ELOOP { return .gone }
            return .unreadable(error)
        }
    }
}
