internal import CLinux
internal import Glibc
public import MomentsCore

/// Gives up rights a process does not need, for good and for all its children (Landlock, no new privileges).
///
/// Meant for the process that decodes what strangers wrote: an exploit in a codec then reaches nothing else.
public enum Sandbox {
    /// What stands in the way of a restriction.
    public enum Outcome: Hashable, Sendable {
        /// Files outside the two lists can no longer be opened.
        case restricted
        /// The kernel has no Landlock, or it is switched off; only privileges were given up.
        case unavailable
    }

    /// Restricts the calling thread and every thread and process it starts from now on.
    ///
    /// Call it before any other thread exists. What is open stays open.
    ///
    /// - Parameters:
    ///   - readable: Files and folders that may still be read; those that are not there are passed over, and so are
    ///     those behind a link, which somebody may have put there since they were looked at.
    ///   - writable: Folders in which files may be made, written, renamed and removed.
    /// - Returns: How far the kernel went along.
    /// - Throws: `SystemError` when a folder meant to be writable cannot be opened.
    @discardableResult
    public static func enter(readable: [FilePath], writable: [FilePath]) throws(SystemError) -> Outcome {
        _ = moments_no_new_privileges()
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        // A crash must not write a stranger's video, as a core file, anywhere.
        setrlimit(__rlimit_resource_t(4), &none)
        let version = moments_landlock_version()
        guard version >= 1 else { return .unavailable }
        let ruleset = moments_landlock_ruleset(version >= 2 ? everything | refer : everything)
        guard ruleset >= 0 else { return .unavailable }
        let owner = Descriptor(taking: ruleset)
        for path in readable {
            guard let place = path.relative(to: "/"), let file = try? Beneath("/").open(place, openPath) else {
                continue
            }
            let isFolder = try file.status(path).kind == .folder
            _ = moments_landlock_allow(owner.number, file.number, isFolder ? readFile | readFolder : readFile)
        }
        for path in writable {
            let folder = try Descriptor.open(path, openPath | O_DIRECTORY)
            _ = moments_landlock_allow(owner.number, folder.number, inside)
        }
        return moments_landlock_restrict(owner.number) == 0 ? .restricted : .unavailable
    }

    /// `O_PATH`, which Glibc's module leaves out.
    private static let openPath: CInt = 0o10000000

    // The rights of linux/landlock.h; its macros do not come through the importer.
    private static let writeFile: UInt64 = 1 << 1
    private static let readFile: UInt64 = 1 << 2
    private static let readFolder: UInt64 = 1 << 3
    private static let removeFile: UInt64 = 1 << 5
    private static let makeFolder: UInt64 = 1 << 7
    private static let makeFile: UInt64 = 1 << 8
    private static let refer: UInt64 = 1 << 13
    /// Every right of the first version: execute (bit 0) to make symbolic links (bit 12).
    private static let everything: UInt64 = (1 << 13) - 1
    private static let inside = writeFile | readFile | readFolder | removeFile | (1 << 4) | makeFolder | makeFile
}
