internal import Glibc
internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// What a look into a quiet file tells.
enum Arrival: Sendable {
    /// It is whole, or nothing says that it is not.
    case whole(contentID: String)
    /// Somebody has it open for writing; once it has not changed for `patience`, that no longer counts.
    case stillWritten(patience: Duration)
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
    struct Patience {
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

    /// Looks into a file.
    ///
    /// - Parameters:
    ///   - video: Its path below the inbox.
    ///   - inbox: The inbox.
    ///   - age: How long it has not changed.
    ///   - patience: How long one that is open for writing is waited for.
    ///   - takesGaps: Whether an incomplete but playable file counts as whole, because it was waited for long enough.
    /// - Returns: What it tells.
    static func examine(
        _ video: FilePath,
        in inbox: RootedDirectory,
        age: Duration,
        _ patience: Patience,
        takesGaps: Bool
    ) -> Arrival {
        let path = inbox.root.appending(video)
        do {
            let file = try inbox.openRegular(video)
            let completeness = try ContainerProbe.examine(file, path: path)
            let limit = patience.limit(for: completeness)
            if WriterCheck.ask(file) == .somebody, age < limit { return .stillWritten(patience: limit) }
            if case .incomplete(let reason, let playable) = completeness {
                let contentID = try ContentIdentity.of(file, path: path)
                let gap = Gap(reason: reason, playable: playable)
                return takesGaps && playable ? .whole(contentID: contentID) : .incomplete(gap, contentID: contentID)
            }
            return .whole(contentID: try ContentIdentity.of(file, path: path))
        } catch {
            // No regular file, or a link on the way.
            if error.isMissing || error.code == EINVAL || error.code == ELOOP { return .gone }
            return .unreadable(error)
        }
    }
}
