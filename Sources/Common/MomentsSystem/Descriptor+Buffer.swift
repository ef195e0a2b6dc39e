internal import Glibc
public import MomentsCore

extension Descriptor {
    /// Reads what one call to the kernel gives; for files on this machine's disks, since nothing limits the wait.
    ///
    /// - Parameters:
    ///   - buffer: Takes the bytes.
    ///   - offset: Where in the file they stand.
    ///   - path: The file, for errors only.
    /// - Returns: How many there are; 0 at the end of the file.
    /// - Throws: `SystemError` when it cannot be read.
    public borrowing func read(
        into buffer: UnsafeMutableRawBufferPointer,
        at offset: Int64,
        of path: FilePath
    ) throws(SystemError) -> Int {
        let got = retrying { pread(number, buffer.baseAddress, buffer.count, off_t(offset)) }
        guard got >= 0 else { throw .last("read", path) }
        return got
    }

    /// Writes all of the bytes to a place in the file.
    ///
    /// - Parameters:
    ///   - bytes: What to write.
    ///   - offset: Where in the file they are to stand.
    ///   - path: The file, for errors only.
    /// - Throws: `SystemError` when not all of them could be written.
    public borrowing func write(
        _ bytes: UnsafeRawBufferPointer,
        at offset: Int64,
        to path: FilePath
    ) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            let wrote = retrying {
                pwrite(number, bytes.baseAddress?.advanced(by: done), bytes.count - done, off_t(offset) + off_t(done))
            }
            guard wrote >= 0 else { throw .last("write", path) }
            done += wrote
        }
    }
}
