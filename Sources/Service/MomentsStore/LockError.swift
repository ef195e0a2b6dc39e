/// A lock that could not be taken.
public struct LockError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was to be locked.
    public let purpose: String
    /// Who holds it; nil when that is not the trouble.
    public let holder: String?
    /// What the kernel said otherwise.
    public let reason: String

    /// One sentence for people.
    public var description: String {
        if let holder { return "\(purpose) is in use by another momentsd (\(holder)); stop that one first." }
        return "\(purpose) cannot be locked: \(reason)."
    }
}
