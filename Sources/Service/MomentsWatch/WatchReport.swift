public import MomentsCore

/// How one part of the inbox is watched, and why.
public struct WatchReport: Hashable, Sendable {
    /// The folder, below the inbox and empty for the inbox itself; what is below it is watched alike.
    public let folder: FilePath
    /// `inotify` or `poll`.
    public let mode: WatchMode
    /// Why it is polled; empty otherwise.
    public let reason: String

    /// Makes a report.
    public init(folder: FilePath, mode: WatchMode, reason: String) {
        self.folder = folder
        self.mode = mode
        self.reason = reason
    }
}
