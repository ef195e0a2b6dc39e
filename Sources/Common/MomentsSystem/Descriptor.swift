internal import Glibc
public import MomentsCore

/// An open file; closed when the value ends.
///
/// Writers call `synchronize` and `close` themselves, so that errors are heard.
public struct Descriptor: ~Copyable, Sendable {
    /// The kernel's number, for calls this type does not have; never close it.
    public let number: CInt

    /// Takes over an open descriptor.
    public init(taking number: CInt) { self.number = number }

    deinit { IOTimeout.close(number) }

    /// Opens a file; the descriptor is not inherited by child processes.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - flags: `O_RDONLY` and friends; `O_CLOEXEC` is added.
    ///   - mode: The permissions of a file that is made.
    /// - Returns: The open file.
    /// - Throws: `SystemError` with the kernel's reason.
    public static func open(_ path: FilePath, _ flags: CInt, mode: UInt32 = 0o644) throws(SystemError) -> Descriptor {
        Descriptor(taking: try IOTimeout.open(path, openNow, path, flags, mode))
    }

    private static func openNow(_ path: FilePath, _ flags: CInt, _ mode: UInt32) throws(SystemError) -> CInt {
        let number = retrying { path.withCString { Glibc.open($0, flags | O_CLOEXEC, mode) } }
        guard number >= 0 else { throw .last("open", path) }
        return number
    }

    /// Opens a regular file for reading, and nothing else: a link is not followed, a pipe does not block.
    public static func openRegular(_ path: FilePath) throws(SystemError) -> Descriptor {
        let descriptor = try open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
        guard try descriptor.status(path).kind == .regular else {
            throw SystemError("read (it is no regular file)", path, code: EINVAL)
        }
        return descriptor
    }

    /// What the kernel knows of the open file.
    public borrowing func status(_ path: FilePath) throws(SystemError) -> FileStatus {
        let number = number
        return try IOTimeout.call("examine", path, descriptor: number) {
            var raw = stat()
            return fstat(number, &raw) == 0 ? FileStatus(raw) : nil
        }
    }

    /// Reads up to `count` bytes at `offset`; fewer only at the end of the file.
    public borrowing func read(_ count: Int, at offset: Int64, of path: FilePath) throws(SystemError) -> [UInt8] {
        try IOTimeout.with("read", path, descriptor: number, Self.read, number, count, offset, path)
    }

    private static func read(
        _ number: CInt,
        _ count: Int,
        _ offset: Int64,
        _ path: FilePath
    ) throws(SystemError) -> [UInt8] {
        var failure: CInt?
        let result = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = 0
            while filled < count {
                let place = buffer.baseAddress?.advanced(by: filled)
                let got = retrying { pread(number, place, count - filled, off_t(offset) + off_t(filled)) }
                if got < 0 { failure = errno }
                guard got > 0 else { break }
                filled += got
            }
        }
        if let failure { throw SystemError("read", path, code: failure) }
        return result
    }

    /// Writes all of `bytes` at the current position.
    public borrowing func write(_ bytes: some Collection<UInt8>, to path: FilePath) throws(SystemError) {
        let content = Array(bytes)
        var done = 0
        while done < content.count {
            let wrote = content.withUnsafeBytes { buffer in
                retrying { Glibc.write(number, buffer.baseAddress?.advanced(by: done), content.count - done) }
            }
            guard wrote >= 0 else { throw .last("write", path) }
            done += wrote
        }
    }

    /// Waits until everything written is on the disk.
    public borrowing func synchronize(_ path: FilePath) throws(SystemError) {
        let number = number
        try IOTimeout.call("sync", path, descriptor: number) { retrying { fsync(number) } == 0 ? () : nil }
    }

    /// Closes the file and reports what only closing can find out.
    public consuming func close(_ path: FilePath) throws(SystemError) {
        let number = self.number
        discard self
        IOTimeout.forget(number)
        // Linux has closed the descriptor even when it reports EINTR: never twice.
        guard Glibc.close(number) == 0 || errno == EINTR else { throw .last("close", path) }
    }

    /// A second descriptor of the same open file, not inherited by child processes.
    public borrowing func duplicate() throws(SystemError) -> Descriptor {
        let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw .last("duplicate", "a descriptor") }
        return Descriptor(taking: copy)
    }

    /// Gives the number away; the caller closes it.
    public consuming func relinquish() -> CInt {
        let number = self.number
        discard self
        IOTimeout.forget(number)
        return number
    }
}

/// Repeats a call that a signal interrupted.
func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}
