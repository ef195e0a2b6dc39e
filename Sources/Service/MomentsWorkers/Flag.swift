internal import Synchronization

/// What one thread tells another once.
final class Flag: Sendable {
    private let value = Atomic(false)
    /// Whether it was told.
    var isRaised: Bool { value.load(ordering: .relaxed) }
    /// Tells.
    func raise() { value.store(true, ordering: .relaxed) }
}
