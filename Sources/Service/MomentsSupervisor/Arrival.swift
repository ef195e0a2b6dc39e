internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// What a look into a quiet file tells.
enum Arrival {
    /// It is whole, or nothing says that it is not.
    case whole(contentID: String)
    /// Somebody has it open for writing.
    case stillWritten
    /// Something is clearly missing.
    case incomplete(Job.Gap, contentID: String)
    /// It is gone, or no regular file any more.
    case gone
    /// It cannot be read.
    case unreadable(SystemError)

    /// Looks into a file.
    ///
    /// - Parameters:
    ///   - video: Its path below the inbox.
    ///   - inbox: The inbox.
    ///   - age: How long it has not changed, in seconds.
    ///   - takesGaps: Whether an incomplete but playable file counts as whole, because it was waited for long enough.
    /// - Returns: What it tells.
    static func examine(_ video: FilePath, in inbox: Beneath, age: Double, takesGaps: Bool) -> Arrival {
        let path = inbox.root.appending(video)
        do {
            let file = try inbox.openRegular(video)
            let completeness = try ContainerProbe.examine(file, path: path)
            let patience = completeness == .complete ? patienceWithWhole : patienceWithUnknown
            if WriterCheck.ask(file) == .somebody, age < patience { return .stillWritten }
            if case .incomplete(let reason, let playable) = completeness {
                let contentID = try ContentIdentity.of(file, path: path)
                let gap = Job.Gap(reason: reason, playable: playable)
                return takesGaps && playable ? .whole(contentID: contentID) : .incomplete(gap, contentID: contentID)
            }
            return .whole(contentID: try ContentIdentity.of(file, path: path))
        } catch {
            if error.isMissing || error.code == invalidArgument || error.code == tooManyLinks { return .gone }
            return .unreadable(error)
        }
    }

    // File servers in user space keep a file open long after the last byte, and nothing tells when they close it: one that
    // nothing is missing of, or that has not changed for very long, is not waited for any more. In seconds.
    private static let patienceWithWhole = 20.0
    private static let patienceWithUnknown = 600.0

    // EINVAL and ELOOP: no regular file, or a link on the way.
    private static let invalidArgument: Int32 = 22
    private static let tooManyLinks: Int32 = 40
}
