internal import Glibc
public import MomentsCore
public import MomentsSystem

/// A pipe with a name, before which the scripts of a test wait until they are let through.
public final class Gate: Sendable {
    private let path: FilePath
    private let pipe: Descriptor

    /// Makes it, closed, or takes the one that is there.
    ///
    /// - Parameter path: Its place, in a folder that is there.
    /// - Throws: `SystemError` where no pipe can be made.
    public init(_ path: FilePath) throws(SystemError) {
        guard mkfifo(path.text, 0o666) == 0 || errno == EEXIST else { throw SystemError("make", path, code: errno) }
        self.path = path
        // Somebody has to have it open for what is written to stay.
        pipe = try Descriptor.open(path, O_RDWR | O_NONBLOCK)
    }

    /// The shell command that waits until it is let through; for ever, where nobody is.
    ///
    /// It has both ends open itself, so that neither its opening nor its reading depends on anybody else's.
    public var wait: String { "read -r _ <>'\(path.text)'" }

    /// Lets so many through, also those that come later.
    public func open(for count: Int = 1) throws(SystemError) {
        // A byte each: the shell reads no more at a time, so that one that waits takes nothing from another.
        try pipe.write([UInt8](repeating: UInt8(ascii: "\n"), count: count), to: path)
    }
}
