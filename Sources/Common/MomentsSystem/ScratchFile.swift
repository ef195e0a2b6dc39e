internal import Glibc
public import MomentsCore

/// A file for what does not fit into memory.
///
/// It has no name once it is open, so that it goes with the process, whatever ends that. Written on one thread; what has
/// been written may be read on any.
public final class ScratchFile: Sendable {
    /// The name it had, for messages.
    public let path: FilePath
    private let file: Descriptor

    /// Makes it, in the place of what has that name.
    ///
    /// - Parameter path: Its name for a moment; the folder exists.
    /// - Throws: `SystemError` with the kernel's reason.
    public init(_ path: FilePath) throws(SystemError) {
        file = try Descriptor.open(path, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: 0o600)
        self.path = path
        try Folder.removeFile(path)
    }

    /// Writes all of the bytes to a place in the file.
    public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(SystemError) {
        try file.write(bytes, at: Int64(offset), to: path)
    }

    /// Fills the buffer with what was written to a place in the file.
    ///
    /// - Throws: `SystemError`, EIO where the file ends before.
    public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(SystemError) {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let got = try file.read(into: rest, at: Int64(offset + done), of: path)
            guard got > 0 else { throw SystemError("read", path, code: EIO) }
            done += got
        }
    }
}
