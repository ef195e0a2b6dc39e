internal import CLinux
internal import MomentsCore

/// Two ends of a pipe; neither is inherited by child processes.
public struct Pipe: ~Copyable, Sendable {
    /// Where the bytes come out.
    public let reader: Descriptor
    /// Where the bytes go in.
    public let writer: Descriptor

    /// Makes a pipe.
    public init() throws(SystemError) {
        var ends: (CInt, CInt) = (-1, -1)
        let made = withUnsafeMutablePointer(to: &ends) { pointer in
            pointer.withMemoryRebound(to: CInt.self, capacity: 2) { moments_pipe($0) }
        }
        guard made == 0 else { throw .last("make", "a pipe") }
        reader = Descriptor(taking: ends.0)
        writer = Descriptor(taking: ends.1)
    }

    /// Keeps the reading end and closes the other.
    public consuming func takeReader() -> Descriptor { reader }

    /// Keeps the writing end and closes the other.
    public consuming func takeWriter() -> Descriptor { writer }
}
