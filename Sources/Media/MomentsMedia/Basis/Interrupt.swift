internal import Synchronization

/// Lets another thread stop long work; checked by every loop and by libav's own reads.
public final class Interrupt: Sendable {
    private let requested = Atomic(false)

    /// Makes one that has not been requested.
    public init() {}

    /// Asks the work to stop at its next check; safe from any thread and any number of times.
    public func request() { requested.store(true, ordering: .relaxed) }

    /// Whether a stop was asked for.
    public var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// Throws the error of a stopped job if a stop was asked for.
    public func check(_ operation: String) throws {
        if isRequested { throw MediaError.interrupted(operation, "the video") }
    }
}
