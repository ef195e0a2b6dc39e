internal import MomentsCore

/// One timer that is set, set again, or put off; it wakes nobody while it is not set.
public final class Alarm: Sendable {
    private let queue: SerialQueue
    private let number: UInt64

    /// Makes an alarm that is not set.
    ///
    /// - Parameters:
    ///   - queue: Where the handler runs.
    ///   - handler: Called once each time the alarm goes off.
    public init(on queue: SerialQueue, handler: @escaping @Sendable () -> Void) {
        self.queue = queue
        number = queue.addAlarm(handler)
    }

    deinit { queue.remove(alarm: number) }

    /// Sets the alarm, replacing what was set before.
    ///
    /// - Parameter pause: How long from now; nil puts it off for good.
    public func set(after pause: Duration?) {
        queue.set(alarm: number, due: pause.map { MonotonicClock.now + max(0, $0.inSeconds) })
    }
}
