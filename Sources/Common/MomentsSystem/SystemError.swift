internal import Glibc
public import MomentsCore

/// A call to the kernel that failed, and what it was for.
public struct SystemError: Error, Hashable, Sendable {
    /// The step that failed, as a short verb phrase: "open", "rename".
    public let operation: String
    /// The file it was applied to.
    public let subject: FilePath
    /// The value of `errno`.
    public let code: CInt

    /// Makes an error from its parts.
    public init(_ operation: String, _ subject: FilePath, code: CInt) {
        self.operation = operation
        self.subject = subject
        self.code = code
    }

    /// Makes an error from the current `errno`; call it before anything else can change that.
    static func last(_ operation: String, _ subject: FilePath) -> SystemError {
        SystemError(operation, subject, code: errno)
    }

    /// What the code means, in the kernel's words.
    public var reason: String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { text in
            // The POSIX form of strerror_r is the one Swift imports: it fills the buffer and returns 0.
            guard let start = text.baseAddress, strerror_r(code, start, text.count) == 0 else { return "error \(code)" }
            return String(cString: start)
        }
    }

    /// Whether the disk, the quota or the file size limit is at its end.
    public var isOutOfSpace: Bool { [ENOSPC, EDQUOT, EFBIG].contains(code) }

    /// Whether somebody did not answer in time.
    public var isTimeout: Bool { code == ETIMEDOUT }

    /// Whether the thing is not there (any more).
    public var isMissing: Bool { code == ENOENT || code == ENOTDIR }

    /// Whether something of that name is there already.
    public var alreadyExists: Bool { code == EEXIST || code == ENOTEMPTY }
}

extension SystemError: CustomStringConvertible {
    /// One harmless line: step, file, reason.
    public var description: String { "cannot \(operation) '\(subject.display)': \(reason)" }
}

extension FilePath {
    /// Lends the path as a NUL-terminated C string.
    func withCString<R, E>(_ body: (UnsafePointer<CChar>) throws(E) -> R) throws(E) -> R {
        let text = bytes.map { CChar(bitPattern: $0) } + [0]
        return try text.withUnsafeBufferPointer { (pointer) throws(E) -> R in
            guard let start = pointer.baseAddress else { preconditionFailure("an array with a NUL has a start") }
            return try body(start)
        }
    }
}
