internal import CLinux
internal import Glibc

/// What a process was given beyond its task.
enum Privileges {
    /// Drops capabilities and the way to any, and shuts out debuggers and core files; all of it for good.
    ///
    /// A process of root keeps the right to read files of other users, which Landlock narrows to its own input.
    static func giveUp() {
        _ = moments_no_new_privileges()
        // The bounding set first: afterwards the right to change it is gone.
        for capability in 0..<64 where capability != readAnything { _ = moments_drop_bounding(CInt(capability)) }
        _ = moments_clear_ambient()
        _ = moments_keep_capabilities(getuid() == 0 ? 1 << UInt64(readAnything) : 0)
        _ = moments_not_dumpable()
    }

    /// `CAP_DAC_READ_SEARCH`.
    private static let readAnything = 2
}
