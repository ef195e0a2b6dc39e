internal import Glibc
public import MomentsCore

extension Descriptor {
    /// Takes what a pipe or a socket has, at the current position.
    ///
    /// - Parameters:
    ///   - count: The most bytes wanted.
    ///   - path: What it is, for errors only.
    /// - Returns: The bytes; empty at the end of the stream, nil when there is nothing yet (or a time limit ran out).
    /// - Throws: `SystemError` when it cannot be read.
    public borrowing func receive(atMost count: Int, from path: FilePath) throws(SystemError) -> [UInt8]? {
        var failure: CInt?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let got = retrying { Glibc.read(number, buffer.baseAddress, count) }
            if got < 0 { failure = errno }
            filled = max(0, got)
        }
        guard let failure else { return bytes }
        if failure == EAGAIN || failure == EWOULDBLOCK { return nil }
        throw SystemError("read", path, code: failure)
    }
}
