internal import CLinux
internal import Glibc
public import MomentsCore

/// Listing, making, moving and removing, each with errors that name the file.
public enum Folder {
    /// The names inside a folder, without "." and "..", in the order of their bytes.
    public static func names(in folder: FilePath) throws(SystemError) -> [FilePath] {
        try IOTimeout.with("list", folder, readNames, folder)
    }

    private static func readNames(_ folder: FilePath) throws(SystemError) -> [FilePath] {
        guard let stream = folder.withCString({ opendir($0) }) else { throw .last("list", folder) }
        defer { closedir(stream) }
        var names: [FilePath] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw .last("list", folder) }
                return names.sorted()
            }
            let name = name(of: entry)
            if name != "." && name != ".." { names.append(name) }
        }
    }

    /// A name in a folder, and what stands behind it.
    public struct Entry: Sendable {
        /// The name, without its folder.
        public let name: FilePath
        /// What it stands for; a link is not followed.
        public let status: FileStatus
    }

    /// Every name in an open folder with its status, in the order of their bytes; one that vanishes is left out.
    ///
    /// - Parameters:
    ///   - folder: The open folder; closed afterwards.
    ///   - path: Its path, for errors only.
    /// - Returns: The entries, without "." and "..".
    /// - Throws: `SystemError` when the listing fails.
    public static func entries(of folder: consuming Descriptor, path: FilePath) throws(SystemError) -> [Entry] {
        try list(folder, path)
    }

    private static func list(_ folder: borrowing Descriptor, _ path: FilePath) throws(SystemError) -> [Entry] {
        try IOTimeout.with("list", path, descriptor: folder.number, readEntries, folder.number, path)
    }

    private static func readEntries(_ folder: CInt, _ path: FilePath) throws(SystemError) -> [Entry] {
        // Closed together with the listing, which may end after the caller's.
        let number = fcntl(folder, F_DUPFD_CLOEXEC, 3)
        guard number >= 0 else { throw .last("list", path) }
        let isShare = IOTimeout.isNeeded(at: path)
        guard let stream = fdopendir(number) else {
            let error = SystemError.last("list", path)
            _ = close(number)
            throw error
        }
        defer { closedir(stream) }
        var entries: [Entry] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw .last("list", path) }
                return entries.sorted { $0.name < $1.name }
            }
            let name = name(of: entry)
            if name == "." || name == ".." { continue }
            IOTimeout.sign(at: path)
            if !isShare, IOTimeout.isNeeded(at: path.appending(name)) {
                // A share that is mounted here: whether it answers is found out when it is listed itself.
                entries.append(Entry(name: name, status: .silentFolder))
                continue
            }
            var raw = stat()
            guard name.withCString({ fstatat(number, $0, &raw, AT_SYMLINK_NOFOLLOW) }) == 0 else {
                // A name without its status says nothing: rather no listing than one in which a file is missing.
                if errno == ENOENT { continue }
                throw .last("examine", path.appending(name))
            }
            entries.append(Entry(name: name, status: FileStatus(raw)))
        }
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> FilePath {
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { text in
                FilePath(bytes: UnsafeBufferPointer(start: text, count: 256).prefix { $0 != 0 })
            }
        }
    }

    /// Makes a folder and every one above it that is missing; one that is there is left as it is.
    public static func make(_ folder: FilePath, mode: UInt32 = 0o755) throws(SystemError) {
        try IOTimeout.with("make the folder", folder, makeAll, folder, mode)
    }

    private static func makeAll(_ folder: FilePath, _ mode: UInt32) throws(SystemError) {
        if folder.withCString({ mkdir($0, mode) }) == 0 { return }
        if errno == ENOENT, !folder.parent.isEmpty, folder.parent != folder {
            try makeAll(folder.parent, mode)
            if folder.withCString({ mkdir($0, mode) }) == 0 { return }
        }
        guard errno == EEXIST else { throw .last("make the folder", folder) }
        let target = folder.withCString { path in
            var raw = stat()
            return stat(path, &raw) == 0 && raw.st_mode & S_IFMT == S_IFDIR
        }
        guard target else { throw SystemError("make the folder", folder, code: ENOTDIR) }
    }

    /// Renames, replacing a file of the new name.
    public static func move(_ old: FilePath, to new: FilePath) throws(SystemError) {
        try IOTimeout.call("rename", old) {
            old.withCString { from in new.withCString { to in rename(from, to) } } == 0 ? () : nil
        }
    }

    /// Renames, refusing (EEXIST) when the new name is taken.
    public static func moveWithoutReplacing(_ old: FilePath, to new: FilePath) throws(SystemError) {
        let isDone: Bool = try IOTimeout.call("rename", old) {
            let result = old.withCString { from in
                new.withCString { to in moments_renameat2(AT_FDCWD, from, AT_FDCWD, to, moments_rename_noreplace) }
            }
            return result == 0 ? true : errno == EINVAL || errno == ENOSYS ? false : nil
        }
        if isDone { return }
        // A file system without RENAME_NOREPLACE (some FUSE, old NFS): look first; rename(2) itself still refuses to
        // replace a folder that is not empty.
        if (try? FileStatus.of(new)) != nil { throw SystemError("rename", old, code: EEXIST) }
        try move(old, to: new)
    }

    /// Removes a file or a link; one that is not there is no error.
    public static func removeFile(_ path: FilePath) throws(SystemError) {
        try IOTimeout.call("remove", path) { path.withCString { unlink($0) } == 0 || errno == ENOENT ? () : nil }
    }

    /// Waits until the folder's own entries (names made, renamed, removed) are on the disk.
    public static func synchronize(_ folder: FilePath) throws(SystemError) {
        let descriptor = try Descriptor.open(folder, O_RDONLY | O_DIRECTORY)
        do { try descriptor.synchronize(folder) } catch {
            // Some network and FUSE file systems cannot sync a folder and say so.
            if error.code != EINVAL && error.code != ENOTSUP { throw error }
        }
    }

    /// Waits until everything written so far to the file system of `folder` is on the disk; one call for many files.
    public static func synchronizeFileSystem(of folder: FilePath) throws(SystemError) {
        let descriptor = try Descriptor.open(folder, O_RDONLY | O_DIRECTORY)
        guard moments_syncfs(descriptor.number) == 0 else { throw .last("sync the file system of", folder) }
    }

    /// Bytes an unprivileged writer may still write on the file system of `path`.
    public static func freeBytes(at path: FilePath) throws(SystemError) -> Int64 {
        try IOTimeout.call("examine", path) {
            var raw = statvfs()
            guard path.withCString({ statvfs($0, &raw) }) == 0 else { return nil }
            let (bytes, _) = UInt64(raw.f_bavail).multipliedReportingOverflow(by: UInt64(raw.f_frsize))
            return Int64(clamping: bytes)
        }
    }
}
