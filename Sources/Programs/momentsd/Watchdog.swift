internal import MomentsSystem
internal import MomentsSystemd
internal import Synchronization

/// Gives the service manager a sign of life as long as a queue does its work.
final class Watchdog: Sendable {
    private let notifier: Notifier
    private let interval: Double
    private let alarm = Mutex<Alarm?>(nil)

    /// Begins; nil where the manager asks for no signs of life.
    init?(_ queue: SerialQueue, _ notifier: Notifier) {
        guard let interval = Notifier.watchdogInterval else { return nil }
        self.interval = interval
        self.notifier = notifier
        alarm.withLock { $0 = Alarm(on: queue) { [weak self] in self?.sign() } }
        sign()
    }

    private func sign() {
        notifier.watchdog()
        alarm.withLock { $0?.set(after: interval) }
    }
}
