internal import Glibc
public import MomentsCore

/// Writing a file so that readers, and a power failure, see either the old content or the new, never a part.
public enum AtomicFile {
    /// The longest name the kernel takes, in bytes.
    public static let longestName = 255

    /// Replaces the content of `path`: temporary file beside it, sync, rename, sync of the folder.
    ///
    /// - Parameters:
    ///   - path: The file; its folder exists.
    ///   - content: Everything that is to stand in it.
    ///   - mode: Its permissions.
    ///   - durable: Whether to wait for the disk; without it only other processes are protected.
    /// - Returns: What the kernel knows of the new file, as it was before it got its name.
    /// - Throws: `SystemError` naming the step; the old content then still stands, except where only the folder could not
    ///   be synced ("make lasting"): then the new one does, and may not survive a power failure.
    @discardableResult
    public static func replace(
        _ path: FilePath,
        with content: some Collection<UInt8>,
        mode: UInt32 = 0o644,
        durable: Bool = true
    ) throws(SystemError) -> FileStatus {
        let content = Array(content)
        return try IOTimeout.with("replace", path, write, path, content, mode, durable)
    }

    private static func write(
        _ path: FilePath,
        _ content: [UInt8],
        _ mode: UInt32,
        _ durable: Bool
    ) throws(SystemError) -> FileStatus {
        let temporary = temporaryName(beside: path)
        let status: FileStatus
        do {
            let file = try Descriptor.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode)
            try file.write(content, to: temporary)
            if durable { try file.synchronize(temporary) }
            status = try file.status(temporary)
            try file.close(temporary)
            try Folder.move(temporary, to: path)
        } catch {
            try? Folder.removeFile(temporary)
            throw error
        }
        guard durable else { return status }
        do { try Folder.synchronize(path.parent.isEmpty ? "." : path.parent) } catch {
            throw SystemError("make lasting", path, code: error.code)
        }
        return status
    }

    /// Whether a name is one that `replace` makes for a moment; a crash can leave one behind.
    public static func isTemporary(_ name: FilePath) -> Bool { name.hasPrefix(prefix) }

    /// A name nobody has, which `isTemporary` knows again.
    public static func temporaryName(beside path: FilePath) -> FilePath {
        path.parent.appending(FilePath(prefix + String(UInt64.random(in: .min ... .max), radix: 36)))
    }

    private static let prefix = ".momentsd-tmp-"

    /// A name nobody has for a file that is to be looked at for the last time; it keeps the file's own, or as much of its
    /// end as there is room for.
    public static func asideName(of path: FilePath) -> FilePath {
        let mark = (0..<asideMark).map { _ in UInt8.random(in: UInt8(ascii: "a")...UInt8(ascii: "z")) }
        let room = longestName - asidePrefix.utf8.count - asideMark
        return path.parent.appending(FilePath(bytes: Array(asidePrefix.utf8) + mark + path.name.bytes.suffix(room)))
    }

    /// Whether a name is one that `asideName` makes for a moment; a crash can leave one behind.
    public static func isAside(_ name: FilePath) -> Bool {
        name.hasPrefix(asidePrefix) && name.bytes.count > asidePrefix.utf8.count + asideMark
    }

    /// The file's own name in one that `asideName` made.
    public static func name(ofAside name: FilePath) -> FilePath {
        FilePath(bytes: name.bytes.dropFirst(asidePrefix.utf8.count + asideMark))
    }

    private static let asidePrefix = ".momentsd-aside-"
    private static let asideMark = 8
}
