internal import Glibc

/// A thread of its own for heavy work: neither the cooperative pool nor a queue's threads, which others need.
public final class WorkerThread {
    private var thread: pthread_t?

    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Starts the work; where no thread is to be had, it is done at once on the calling one.
    public init(_ body: @escaping @Sendable () -> Void) {
        let work = Unmanaged.passRetained(Work(body))
        var made = pthread_t()
        let failed = pthread_create(
            &made,
            nil,
            { opaque in
                guard let opaque else { return nil }
                Unmanaged<Work>.fromOpaque(opaque).takeRetainedValue().body()
                return nil
            },
            work.toOpaque()
        )
        if failed == 0 {
            thread = made
        } else {
            work.takeRetainedValue().body()
        }
    }

    /// Waits until the work is done; must be called before it is let go.
    public func join() {
        if let thread { pthread_join(thread, nil) }
        thread = nil
    }

    deinit { precondition(thread == nil, "a worker thread is joined before it is let go") }
}
