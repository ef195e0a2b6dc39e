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
    /// - Throws: `SystemError` naming the step; the old content then still stands.
    @discardableResult
    public static func replace(
        _ path: FilePath,
        with content: some Collection<UInt8>,
        mode: UInt32 = 0o644,
        durable: Bool = true
    ) throws(SystemError) -> FileStatus {
        let content = Array(content)
        return try Patience.with("replace", path) { () throws(SystemError) in
            try write(path, content, mode, durable: durable)
        }
    }

    private static func write(
        _ path: FilePath,
        _ content: [UInt8],
        _ mode: UInt32,
        durable: Bool
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
        if durable { try Folder.synchronize(path.parent.isEmpty ? "." : path.parent) }
        return status
    }

    /// Whether a name is one that `replace` makes for a moment; a crash can leave one behind.
    public static func isTemporary(_ name: FilePath) -> Bool { name.hasPrefix(prefix) }

    /// A name nobody has, which `isTemporary` knows again.
    public static func temporaryName(beside path: FilePath) -> FilePath {
        path.parent.appending(FilePath(prefix + String(UInt64.random(in: .min ... .max), radix: 36)))
    }

    private static let prefix = ".momentsd-tmp-"
}
