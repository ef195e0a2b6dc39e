/// Those who wait until manifests stand, and, once the service stops, until no worker is at work.
struct StillnessWaiters {
    /// One of them.
    private struct Waiter {
        /// How many manifests have to stand; nil for all, and for stillness.
        let mark: Int?
        let continuation: CheckedContinuation<Void, Never>
    }

    private var all: [Waiter] = []

    /// Has somebody wait until so many manifests stand; nil for all of them, and for stillness.
    mutating func add(_ continuation: CheckedContinuation<Void, Never>, mark: Int?) {
        all.append(Waiter(mark: mark, continuation: continuation))
    }

    /// Lets those go on who have waited long enough.
    ///
    /// - Parameters:
    ///   - over: How many manifests stand.
    ///   - isStill: Whether all do, and whatever else is waited for has come to its end.
    mutating func resume(over: Int, isStill: Bool) {
        let waiting = all
        all = []
        for waiter in waiting {
            let isServed = isStill || waiter.mark.map { over >= $0 } ?? false
            if isServed { waiter.continuation.resume() } else { all.append(waiter) }
        }
    }
}
