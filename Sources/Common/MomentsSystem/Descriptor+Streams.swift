internal import Glibc
internal import MomentsCore

/// What a read that does not wait gave.
public enum StreamStep: Hashable, Sendable {
    /// Some bytes; never empty.
    case bytes([UInt8])
    /// Nothing for now.
    case nothing
    /// Nothing any more: the other end is closed, or broken.
    case ended
}

extension Descriptor {
    /// Reads what a pipe or socket has ready, without waiting when it is opened so.
    public borrowing func readAvailable(atMost count: Int = 64 << 10) -> StreamStep {
        var failure: CInt = 0
        var got = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            got = retrying { Glibc.read(number, buffer.baseAddress, count) }
            failure = errno
            filled = max(0, got)
        }
        if got > 0 { return .bytes(bytes) }
        return got < 0 && (failure == EAGAIN || failure == EWOULDBLOCK) ? .nothing : .ended
    }

    /// A second descriptor of the same open file, not inherited by children.
    public borrowing func duplicate() throws(SystemError) -> Descriptor {
        let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw .last("duplicate", "a descriptor") }
        return Descriptor(taking: copy)
    }
}
