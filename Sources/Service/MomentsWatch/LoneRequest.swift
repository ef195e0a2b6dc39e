public import MomentsCore

/// A request that nothing obeys, since it is named like no file beside it.
public struct LoneRequest: Hashable, Sendable {
    /// The request, below the inbox.
    public let path: FilePath
    /// When it was saved, in nanoseconds since 1970.
    public let changed: Int64
    /// The name under which it would be obeyed, below the inbox; nil where nobody can tell.
    public let meant: FilePath?

    /// One sentence that says so.
    public var sentence: String {
        let name = path.display
        guard let meant else {
            let suffix = Manifest.requestSuffix
            return "'\(name)' lies beside no video of that name, and nothing is done about it; a request has its "
                + "video's whole name before '\(suffix)', as in 'beach.mp4\(suffix)'."
        }
        return "'\(name)' is named like no video, and nothing is done about it; call it '\(meant.display)'."
    }
}
