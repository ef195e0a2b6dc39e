internal import Dispatch
internal import Glibc
internal import Synchronization

/// Values made on a thread of their own, some of them before they are asked for.
///
/// They come in the order they are made. Taken on one thread.
public final class Prefetcher<Value: Sendable, Failure: Error> {
    private let store: Store
    private let thread: WorkerThread
    private var hasEnded = false

    /// What both threads share.
    private final class Store: Sendable {
        struct State {
            var values: [Value] = []
            var error: Failure?
            var isUnwanted = false
        }

        let state = Mutex(State())
        /// Rises with each value, and once more at the end.
        let made = DispatchSemaphore(value: 0)
        /// How many values may still be made before one is taken.
        let room = DispatchSemaphore(value: 0)
        private let taker = pthread_self()

        func give(_ value: Value) -> Bool {
            if state.withLock({ $0.isUnwanted }) { return false }
            // Where no thread was to be had, the taker itself makes all values before it takes the first.
            if pthread_equal(pthread_self(), taker) == 0 { room.wait() }
            let isWanted = state.withLock { state in
                if !state.isUnwanted { state.values.append(value) }
                return !state.isUnwanted
            }
            if isWanted { made.signal() }
            return isWanted
        }
    }

    /// Starts making values.
    ///
    /// - Parameters:
    ///   - count: How many may wait to be taken, at least 1.
    ///   - body: Hands each value to `give`, which waits for room, and says whether more are wanted.
    public init(
        _ count: Int,
        _ body: @escaping @Sendable (_ give: (Value) -> Bool) throws(Failure) -> Void
    ) {
        let store = Store()
        self.store = store
        for _ in 0..<max(1, count) { store.room.signal() }
        thread = WorkerThread {
            do throws(Failure) { try body(store.give) } catch { store.state.withLock { $0.error = error } }
            store.made.signal()
        }
    }

    /// Lets the thread know that nothing more is wanted, and waits for it.
    deinit {
        store.state.withLock { $0.isUnwanted = true }
        store.room.signal()
        thread.join()
    }

    /// Takes the next value; waits for it where it has not been made.
    ///
    /// - Returns: The value; nil when all have been taken.
    /// - Throws: What the making threw, once what was made before has been taken.
    public func next() throws(Failure) -> Value? {
        if !hasEnded {
            store.made.wait()
            if let value = store.state.withLock({ $0.values.isEmpty ? nil : $0.values.removeFirst() }) {
                store.room.signal()
                return value
            }
            hasEnded = true
        }
        if let error = store.state.withLock({ $0.error }) { throw error }
        return nil
    }
}
