public import Dispatch

/// One timer that is set, set again, or put off; it wakes nobody while it is not set.
public final class Alarm: Sendable {
    // Not Sendable on Linux, though scheduling and cancelling are safe from any thread.
    private nonisolated(unsafe) let timer: any DispatchSourceTimer

    /// Makes an alarm that is not set.
    ///
    /// - Parameters:
    ///   - queue: Where the handler runs.
    ///   - handler: Called once each time the alarm goes off.
    public init(on queue: DispatchQueue, handler: @escaping @Sendable () -> Void) {
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.setEventHandler(handler: handler)
        timer.schedule(deadline: .distantFuture)
        timer.resume()
    }

    deinit { timer.cancel() }

    /// Sets the alarm, replacing what was set before.
    ///
    /// - Parameter seconds: How long from now; nil puts it off for good.
    public func set(after seconds: Double?) {
        guard let seconds else { return timer.schedule(deadline: .distantFuture) }
        timer.schedule(deadline: .now() + max(0, seconds), leeway: .milliseconds(10))
    }
}
