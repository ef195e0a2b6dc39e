internal import Dispatch
internal import MomentsCore
internal import Synchronization

/// A thread for the calls to one file system that may never return.
package final class TimeoutThread: Sendable {
    private let queue = SerialQueue(label: "momentsd.timeout")
    private let state = Mutex(State())

    private struct State {
        /// Calls that nobody waits for any more, and that have not returned.
        var abandoned = 0
        /// Rises with whatever shows that the file system answers.
        var signs: UInt64 = 0
    }

    /// What comes of a call; it may come when nobody waits any more.
    private final class Completion<Value: Sendable>: Sendable {
        let result = Mutex<(value: Value?, isAwaited: Bool)>((nil, true))
        let done = DispatchSemaphore(value: 0)
    }

    /// Makes one; its thread starts with the first call.
    package init() {}

    /// Whether a call has not returned in time.
    package var isStuck: Bool { state.withLock { $0.abandoned > 0 } }

    /// Makes a call, and waits for it as long as there are signs of life.
    ///
    /// - Parameters:
    ///   - limit: How long to wait without any sign.
    ///   - work: The call; it owns everything it touches, for it may return when nobody waits any more.
    /// - Returns: What it returned; nil when it did not in time, or an earlier one has not.
    package func call<Value: Sendable>(limit: Duration, _ work: @escaping @Sendable () -> Value) -> Value? {
        if isStuck { return nil }
        let outcome = Completion<Value>()
        queue.async { [self] in
            let value = work()
            let isAwaited = outcome.result.withLock { result in
                if result.isAwaited { result.value = value }
                return result.isAwaited
            }
            state.withLock { state in
                state.signs += 1
                if !isAwaited { state.abandoned -= 1 }
            }
            outcome.done.signal()
        }
        var seen = state.withLock { $0.signs }
        while outcome.done.wait(timeout: .now() + limit.inSeconds) == .timedOut {
            let signs = state.withLock { $0.signs }
            if signs != seen {
                seen = signs
                continue
            }
            let isLate = outcome.result.withLock { result in
                guard result.value == nil else { return false }
                result.isAwaited = false
                state.withLock { $0.abandoned += 1 }
                return true
            }
            if isLate { return nil }
        }
        return outcome.result.withLock { $0.value }
    }

    /// Does something whenever the file system answers again.
    func post(_ work: @escaping @Sendable () -> Void) { queue.async(work) }

    /// Notes that a long call gets on.
    package func sign() { state.withLock { $0.signs += 1 } }
}
