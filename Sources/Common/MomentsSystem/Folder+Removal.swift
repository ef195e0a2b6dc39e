internal import CLinux
internal import Glibc
public import MomentsCore

/// Removing what others may have made, however they made it.
extension Folder {
    /// How deep folders are gone down into; what is deeper is moved up first, since no path may be longer than 4096 bytes.
    private static let deepest = 8

    /// Removes a folder with everything below it, never following a link; one that is not there is no error.
    ///
    /// Folders may be nested deeper than any path can tell, and closed to their own owner.
    public static func removeTree(_ path: FilePath) throws(SystemError) {
        guard let kind = try kind(of: path) else { return }
        guard kind == .folder else { return try removeFile(path) }
        var (moved, before) = (0, -1)
        while moved != before {
            before = moved
            try empty(path, below: path, depth: 0, &moved)
        }
        try removeFolder(path)
    }

    private static func empty(
        _ folder: FilePath,
        below top: FilePath,
        depth: Int,
        _ moved: inout Int
    ) throws(SystemError) {
        openToUs(folder)
        for name in try names(in: folder) {
            let entry = folder.appending(name)
            guard let kind = try kind(of: entry) else { continue }
            if kind != .folder {
                try removeFile(entry)
            } else if depth < deepest {
                try empty(entry, below: top, depth: depth + 1, &moved)
                try removeFolder(entry)
            } else {
                try moveUp(entry, to: top, &moved)
            }
        }
    }

    /// What stands there; nil for nothing.
    private static func kind(of path: FilePath) throws(SystemError) -> FileStatus.Kind? {
        do { return try FileStatus.of(path).kind } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    private static func removeFolder(_ folder: FilePath) throws(SystemError) {
        guard folder.withCString({ rmdir($0) }) == 0 || errno == ENOENT else {
            throw SystemError.last("remove", folder)
        }
    }

    private static func moveUp(_ folder: FilePath, to top: FilePath, _ moved: inout Int) throws(SystemError) {
        openToUs(folder)
        while true {
            moved += 1
            do {
                return try moveWithoutReplacing(folder, to: top.appending(FilePath(".removed-\(moved)")))
            } catch { if error.code != EEXIST && error.code != ENOTEMPTY { throw error } }
        }
    }

    /// Gives us, who own it, back the rights to a folder; never those to what a link leads to.
    private static func openToUs(_ folder: FilePath) {
        guard folder.withCString({ access($0, R_OK | W_OK | X_OK) }) != 0, errno == EACCES,
            let held = try? Descriptor.open(folder, moments_o_path | O_DIRECTORY | O_NOFOLLOW)
        else { return }
        _ = chmod("/proc/self/fd/\(held.number)", 0o700)
    }
}
