internal import CLinux
internal import Glibc
public import MomentsCore

/// Stream sockets that have a path in the file system.
public enum UnixSocket {
    /// The longest path the kernel takes for a socket, in bytes.
    public static let longestPath = 107

    /// Connects to whoever listens on `path`.
    ///
    /// - Parameters:
    ///   - path: The socket's path.
    ///   - timeout: Seconds a later read or write may wait; nil waits for ever.
    /// - Returns: The connected socket.
    /// - Throws: `SystemError`; `ECONNREFUSED` and `ENOENT` mean that nobody listens.
    public static func connect(_ path: FilePath, timeout: Double? = nil) throws(SystemError) -> Descriptor {
        let socket = try make("connect to", path)
        if let timeout {
            var limit = timeval(tv_sec: Int(timeout), tv_usec: Int((timeout - timeout.rounded(.down)) * 1e6))
            for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
                setsockopt(socket.number, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
            }
        }
        let number = socket.number
        guard try withAddress(path, { address, size in retrying { Glibc.connect(number, address, size) } }) == 0 else {
            throw .last("connect to", path)
        }
        return socket
    }

    /// Listens on `path` with exactly the rights given, in place of a socket on which nobody listens any more.
    ///
    /// The socket is made under a temporary name and renamed, so that nobody can connect before its rights are set.
    ///
    /// - Parameters:
    ///   - path: The socket's path; missing folders above it are made.
    ///   - mode: Its permissions.
    ///   - group: The number of the group it shall belong to; nil leaves the process's own.
    /// - Returns: The listening socket; it does not block.
    /// - Throws: `SystemError`; `EADDRINUSE` when somebody listens there, `EEXIST` when it is something else.
    public static func listen(_ path: FilePath, mode: UInt32, group: UInt32?) throws(SystemError) -> Descriptor {
        try Folder.make(path.parent)
        try checkFree(path)
        let random = String(UInt32.random(in: .min ... .max), radix: 36)
        let temporary = path.parent.appending(".\(random)")
        let socket = try make("listen on", path)
        let number = socket.number
        guard try withAddress(temporary, { Glibc.bind(number, $0, $1) }) == 0 else { throw .last("listen on", path) }
        do throws(SystemError) {
            let prepared = temporary.withCString { name in
                (group.map { chown(name, uid_t.max, $0) } ?? 0) == 0 && chmod(name, mode) == 0
                    && Glibc.listen(number, 64) == 0
            }
            guard prepared, fcntl(number, F_SETFL, O_NONBLOCK) == 0 else { throw SystemError.last("listen on", path) }
            try Folder.move(temporary, to: path)
        } catch {
            try? Folder.removeFile(temporary)
            throw error
        }
        return socket
    }

    /// The number of a group, by its name or its number; nil where there is no such group.
    public static func number(ofGroup name: String) -> UInt32? {
        if let number = UInt32(name) { return number }
        var entry = Glibc.group()
        var found: UnsafeMutablePointer<Glibc.group>?
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 65536) { buffer in
            guard getgrnam_r(name, &entry, buffer.baseAddress, buffer.count, &found) == 0, found != nil else {
                return nil
            }
            return entry.gr_gid
        }
    }

    private static func checkFree(_ path: FilePath) throws(SystemError) {
        var raw = stat()
        guard path.withCString({ lstat($0, &raw) }) == 0 else { return }
        guard raw.st_mode & S_IFMT == S_IFSOCK else { throw SystemError("listen on", path, code: EEXIST) }
        do { _ = try connect(path) } catch {
            // Nobody answers: it is what a killed process left behind.
            if error.code == ECONNREFUSED || error.isMissing { return }
        }
        throw SystemError("listen on", path, code: EADDRINUSE)
    }

    private static func make(_ operation: String, _ path: FilePath) throws(SystemError) -> Descriptor {
        guard path.bytes.count <= longestPath else { throw SystemError(operation, path, code: ENAMETOOLONG) }
        let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        let number = socket(AF_UNIX, type, 0)
        guard number >= 0 else { throw .last(operation, path) }
        return Descriptor(taking: number)
    }

    private static func withAddress(
        _ path: FilePath,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) throws(SystemError) -> CInt {
        var address = sockaddr_un()
        guard path.bytes.count <= longestPath else { throw SystemError("use", path, code: ENAMETOOLONG) }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.bytes) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
