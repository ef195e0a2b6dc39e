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
    ///   - takesGaps: Whether an incomplete but playable file counts as whole, because it was waited for long enough.
    /// - Returns: What it tells.
    static func examine(_ video: FilePath, in inbox: Beneath, takesGaps: Bool) -> Arrival {
        let path = inbox.root.appending(video)
        do {
            let file = try inbox.openRegular(video)
            if WriterCheck.ask(file) == .somebody { return .stillWritten }
            if case .incomplete(let reason, let playable) = try ContainerProbe.examine(file, path: path) {
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

    // EINVAL and ELOOP: no regular file, or a link on the way.
    private static let invalidArgument: Int32 = 22
    private static let tooManyLinks: Int32 = 40
}
