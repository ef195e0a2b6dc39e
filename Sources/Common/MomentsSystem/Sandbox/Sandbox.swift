internal import CLinux
public import MomentsCore

/// Gives up what a process does not need, for good, for all its threads and all it could ever start.
///
/// Meant for the process that decodes what strangers wrote: an exploit in a codec then reaches nothing else. Landlock
/// tells files apart, the system call filter leaves the calls that decoding needs, and limits bound what is left.
public enum Sandbox {
    /// Closes every descriptor but the three standard streams; call it first of all, before anything is opened.
    public static func closeInherited() { _ = moments_close_from(3) }

    /// Restricts the calling process; call it before any other thread exists.
    ///
    /// What is open stays open.
    ///
    /// - Parameters:
    ///   - readable: Files and folders that may still be read; those that are not there are passed over, and so are
    ///     those behind a link, which somebody may have put there since they were looked at.
    ///   - writable: Folders in which files may be made, written, renamed and removed.
    ///   - limits: What the process may use.
    /// - Returns: What holds now, and what could not be had.
    /// - Throws: `SystemError` when a folder meant to be writable cannot be opened.
    @discardableResult
    public static func enter(
        readable: [FilePath],
        writable: [FilePath],
        limits: ResourceLimits = ResourceLimits()
    ) throws(SystemError) -> SandboxLevel {
        limits.apply()
        Privileges.giveUp()
        let version = try Landlock.restrict(readable: readable, writable: writable)
        return SandboxLevel(landlock: version, hasFilter: SystemCallFilter.install())
    }

    /// What this machine's kernel has to offer; nothing is restricted.
    public static var offered: SandboxLevel {
        SandboxLevel(landlock: Landlock.version, hasFilter: SystemCallFilter.isOffered)
    }
}
