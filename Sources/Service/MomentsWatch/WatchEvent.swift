public import MomentsCore

/// A reason to look somewhere; never a statement of what will be found there.
public enum WatchEvent: Hashable, Sendable {
    /// Something happened at this path below the inbox: a file or a folder, there or gone.
    case look(FilePath)
    /// Anything may have happened; the reason is a clause for the log.
    case everything(String)
}
