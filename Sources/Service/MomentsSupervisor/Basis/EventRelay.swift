internal import Synchronization

/// Leads from the thread that hears something to whoever is interested, who is made after it.
final class EventRelay<Owner: AnyObject & Sendable>: Sendable {
    private struct Interested {
        weak var owner: Owner?
    }

    private let interested = Mutex(Interested())

    /// Who is interested; nil before there is anybody, and after it is gone.
    var owner: Owner? {
        get { interested.withLock { $0.owner } }
        set { interested.withLock { $0.owner = newValue } }
    }
}
