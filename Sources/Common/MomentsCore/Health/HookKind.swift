/// What hooks are told of; each kind has a command of its own.
public enum HookKind: String, CaseIterable, Codable, Sendable {
    /// A result is in the outbox.
    case complete
    /// A video could not be done, and is not tried again.
    case failure
    /// Something keeps the service from its work.
    case problem

    /// The key of its command in the section [Hooks].
    public var key: String { "On" + rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}
