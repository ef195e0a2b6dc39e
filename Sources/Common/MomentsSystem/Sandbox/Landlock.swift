internal import CLinux
internal import Glibc
internal import MomentsCore

/// The kernel's rules about which files a process reaches.
enum Landlock {
    /// The version of the kernel's interface; 0 where Landlock is not there or switched off.
    static var version: Int { max(0, Int(moments_landlock_version())) }

    /// Leaves the calling thread the given files and folders, with every right this kernel knows handled.
    ///
    /// - Parameters:
    ///   - readable: Files and folders that may be read; those that are not there are passed over.
    ///   - writable: Folders in which files may be made, written, renamed and removed.
    ///   - runsPrograms: Whether what may be read may be run as well.
    /// - Returns: The version in force; 0 for none.
    /// - Throws: `SystemError` when a folder meant to be writable cannot be opened.
    static func restrict(
        readable: [FilePath],
        writable: [FilePath],
        runsPrograms: Bool = false
    ) throws(SystemError) -> Int {
        let version = version
        guard version >= 1 else { return 0 }
        let files = fileRights(version)
        // TCP (from version 4), and abstract sockets and signals to others (from 6): none of them is allowed anywhere.
        let ruleset = moments_landlock_ruleset(files, version >= 4 ? 0b11 : 0, version >= 6 ? 0b11 : 0)
        guard ruleset >= 0 else { return 0 }
        let owner = Descriptor(taking: ruleset)
        for path in readable {
            guard let place = path.relative(to: "/"), let file = try? RootedDirectory("/").open(place, moments_o_path)
            else {
                continue
            }
            let isFolder = try file.status(path).kind == .folder
            let rights = (isFolder ? readFile | readFolder : readFile) | (runsPrograms ? execute : 0)
            _ = moments_landlock_allow(owner.number, file.number, rights)
        }
        if runsPrograms, let nothing = try? Descriptor.open("/dev/null", moments_o_path) {
            _ = moments_landlock_allow(owner.number, nothing.number, writeFile | readFile)
        }
        for path in writable {
            let folder = try Descriptor.open(path, moments_o_path | O_DIRECTORY)
            _ = moments_landlock_allow(owner.number, folder.number, inside & files)
        }
        return moments_landlock_restrict(owner.number) == 0 ? version : 0
    }

    // The rights of linux/landlock.h; its macros do not come through the importer.
    private static let execute: UInt64 = 1 << 0
    private static let writeFile: UInt64 = 1 << 1
    private static let readFile: UInt64 = 1 << 2
    private static let readFolder: UInt64 = 1 << 3
    private static let removeFolder: UInt64 = 1 << 4
    private static let removeFile: UInt64 = 1 << 5
    private static let makeFolder: UInt64 = 1 << 7
    private static let makeFile: UInt64 = 1 << 8
    private static let truncate: UInt64 = 1 << 14
    private static let inside =
        writeFile | readFile | readFolder | removeFolder | removeFile | makeFolder | makeFile | truncate

    /// Every right about files of a version: a kernel refuses those it does not know.
    private static func fileRights(_ version: Int) -> UInt64 {
        switch version {
        // Execute (bit 0) to make symbolic links (bit 12).
        case ...1: (1 << 13) - 1
        // And to move between folders.
        case 2: (1 << 14) - 1
        // And to truncate.
        case 3...4: (1 << 15) - 1
        // And to control devices.
        default: (1 << 16) - 1
        }
    }
}
