/// How changes are found out.
public enum WatchMode: String, CaseIterable, Sendable {
    /// By the kernel's reports, and by looking where those say nothing.
    case auto
    /// By the kernel's reports alone.
    case inotify
    /// By looking alone.
    case poll
}
