internal import Synchronization

/// Work that is done on a thread of its own while the caller goes on.
public final class BackgroundTask<Value: Sendable, Failure: Error> {
    private let thread: WorkerThread
    private let box: Box

    private final class Box: Sendable {
        let result = Mutex<Result<Value, Failure>?>(nil)
    }

    /// Starts the work.
    public init(_ body: @escaping @Sendable () throws(Failure) -> Value) {
        let box = Box()
        self.box = box
        thread = WorkerThread {
            let result: Result<Value, Failure>
            do throws(Failure) { result = .success(try body()) } catch { result = .failure(error) }
            box.result.withLock { $0 = result }
        }
    }

    /// Waits for the end of it, where nobody has asked what came of it.
    deinit { thread.join() }

    /// Waits for the end of it.
    ///
    /// - Returns: What came of it.
    /// - Throws: What the work threw.
    public func value() throws(Failure) -> Value {
        thread.join()
        guard let result = box.result.withLock({ $0 }) else {
            preconditionFailure("work that has ended has left something")
        }
        return try result.get()
    }
}
