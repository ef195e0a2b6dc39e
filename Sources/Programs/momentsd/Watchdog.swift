internal import MomentsCore
internal import MomentsSystem
internal import MomentsSystemd
internal import Synchronization

/// Gives the service manager signs of life from a timer of its own, as long as a queue answers it.
///
/// While the service starts, which takes as long as the inbox is large, the manager is asked for more time instead.
final class Watchdog: Sendable {
    private struct State {
        var alarm: Alarm?
        /// Whether the queue has answered since it was asked last.
        var hasAnswered = true
        var isStarting = true
    }

    private let queue: SerialQueue
    private let notifier: Notifier
    private let interval: Duration?
    private let state = Mutex(State())

    /// Begins.
    ///
    /// - Parameters:
    ///   - queue: The queue that has to answer.
    ///   - notifier: Where the signs go.
    init(_ queue: SerialQueue, _ notifier: Notifier) {
        self.queue = queue
        self.notifier = notifier
        interval = Notifier.watchdogInterval
        let alarm = Alarm(on: SerialQueue(label: "momentsd.watchdog")) { [weak self] in self?.sign() }
        state.withLock { $0.alarm = alarm }
        sign()
    }

    /// The start is over: from now on there is a sign of life where the manager wants one, and nothing wakes up otherwise.
    func started() {
        state.withLock { $0.isStarting = false }
        sign()
    }

    private func sign() {
        let (isAlive, isStarting, alarm) = state.withLock { state in
            defer { state.hasAnswered = false }
            return (state.hasAnswered, state.isStarting, state.alarm)
        }
        queue.async { [weak self] in self?.state.withLock { $0.hasAnswered = true } }
        if isAlive {
            if isStarting { notifier.extendTimeout(by: .seconds(60)) }
            notifier.watchdog()
        }
        alarm?.set(after: isStarting ? min(interval ?? .seconds(10), .seconds(10)) : interval)
    }
}
