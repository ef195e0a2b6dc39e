internal import CLinux
internal import Glibc
public import MomentsCore

/// A folder that strangers write to, opened so that no link they place can lead out of it.
public struct RootedDirectory: Sendable {
    /// The folder.
    public let root: FilePath

    /// Names the folder; nothing is opened yet.
    public init(_ root: FilePath) { self.root = root }

    /// Opens something below the folder; a link anywhere on the way is refused (ELOOP).
    ///
    /// - Parameters:
    ///   - path: The path below the folder; empty for the folder itself.
    ///   - flags: Added to `O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY`.
    /// - Returns: The open file or folder.
    /// - Throws: `SystemError` with the kernel's reason.
    public func open(_ path: FilePath, _ flags: CInt = 0) throws(SystemError) -> Descriptor {
        let whole = root.appending(path)
        // A descriptor that only stands for a name takes no flags for reading.
        let reading = flags & moments_o_path == 0 ? O_NONBLOCK | O_NOCTTY : 0
        let flags = flags | O_CLOEXEC | O_NOFOLLOW | reading
        guard !path.isEmpty else { return try Descriptor.open(root, flags & ~O_NOFOLLOW) }
        return Descriptor(taking: try IOTimeout.open(whole, Self.openBeneath, path, root, flags))
    }

    private static func openBeneath(
        _ path: FilePath,
        _ root: FilePath,
        _ flags: CInt
    ) throws(SystemError) -> CInt {
        let whole = root.appending(path)
        let folder = try Descriptor.open(root, moments_o_path | O_DIRECTORY)
        let number = retrying { path.withCString { moments_open_beneath(folder.number, $0, UInt64(flags)) } }
        if number >= 0 { return CInt(number) }
        // Before Linux 5.6, and under filters that do not know the call: at least the last step is no link.
        guard errno == ENOSYS || errno == EPERM else { throw .last("open", whole) }
        return try Descriptor.open(whole, flags).relinquish()
    }

    /// Reads the status of what a name below the folder itself stands for; a link on the way to it is refused.
    public func status(_ path: FilePath) throws(SystemError) -> FileStatus {
        try open(path, moments_o_path).status(root.appending(path))
    }

    /// What a look at a name below the folder tells.
    public enum Look: Sendable {
        case there(FileStatus)
        /// There is no such name, or none that can be reached without a link.
        case missing
        /// The kernel could not tell: a disk that fails, a share that does not answer, no descriptor left.
        case unknown(SystemError)
    }

    /// Looks at a name below the folder; only what the kernel clearly says is not there counts as missing.
    public func look(_ path: FilePath) -> Look {
        do { return .there(try status(path)) } catch {
            return error.isMissing || error.code == ELOOP ? .missing : .unknown(error)
        }
    }

    /// Whether a folder lists a name exactly as it is spelled; reads all its names.
    public func lists(_ path: FilePath) throws(SystemError) -> Bool {
        try holding(path) { name throws(SystemError) in try Folder.names(in: name.parent).contains(name.name) }
    }

    /// Whether the file system finds a file in the folder under another case than it was given, as FAT does.
    ///
    /// - Parameter name: The name of a file there, in small letters.
    /// - Returns: Whether it does; false where it cannot be told.
    public func foldsCase(of name: FilePath) -> Bool {
        let large = FilePath(bytes: name.bytes.map { (0x61...0x7a).contains($0) ? $0 - 0x20 : $0 })
        guard case .there = look(large) else { return false }
        return (try? lists(large)) == false
    }

    /// Holds the folder a name lies in, so that whatever is put in that folder's place meanwhile is not reached.
    ///
    /// - Parameters:
    ///   - path: The name below the folder; a link on the way to it is refused.
    ///   - body: Is given a path for the same name, which holds good as long as it runs.
    /// - Returns: What `body` returns.
    /// - Throws: `SystemError` with the path below the folder.
    public func holding<Result>(
        _ path: FilePath,
        _ body: (FilePath) throws(SystemError) -> Result
    ) throws(SystemError) -> Result {
        do {
            let folder = try open(path.parent, moments_o_path | O_DIRECTORY)
            return try body(FilePath("\(IOTimeout.held)\(folder.number)").appending(path.name))
        } catch { throw SystemError(error.operation, root.appending(path), code: error.code) }
    }

    /// Opens a regular file below the folder for reading; anything else is refused without being touched.
    public func openRegular(_ path: FilePath) throws(SystemError) -> Descriptor {
        let whole = root.appending(path)
        // Opening a device or a pipe can have effects; looking at it has none.
        guard try status(path).kind == .regular else {
            throw SystemError("read (it is no regular file)", whole, code: EINVAL)
        }
        let descriptor = try open(path)
        guard try descriptor.status(whole).kind == .regular else {
            throw SystemError("read (it is no regular file)", whole, code: EINVAL)
        }
        return descriptor
    }
}
