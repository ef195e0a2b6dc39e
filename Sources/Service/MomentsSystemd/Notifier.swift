internal import CSystemd
internal import Glibc
internal import MomentsCore

/// Tells the service manager how the service is (sd_notify(3)); without a manager every call does nothing.
public struct Notifier: Sendable {
    /// Makes a notifier for the socket named by `NOTIFY_SOCKET`.
    public init() {}

    /// The start is over: watch, socket and recovery stand; also the end of a reload.
    public func ready() { send("READY=1") }

    /// What goes on, shown by `systemctl status`; made one harmless line.
    public func status(_ text: String) { send("STATUS=" + Escaping.line(text)) }

    /// The service is alive; call it at least every `watchdogInterval`.
    public func watchdog() { send("WATCHDOG=1") }

    /// The configuration is being read again; `ready()` ends it.
    public func reloading() {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        send("RELOADING=1\nMONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1000)")
    }

    /// The service is about to end.
    public func stopping() { send("STOPPING=1") }

    /// Starting, stopping or reloading takes longer: the manager waits at least that much from now.
    public func extendTimeout(by time: Duration) {
        send("EXTEND_TIMEOUT_USEC=\(Int64(max(0, min(time.inSeconds, 86400)) * 1_000_000))")
    }

    /// The time between two signs of life the manager asks for: half of its patience; nil when it asks for none.
    public static var watchdogInterval: Duration? {
        var microseconds: UInt64 = 0
        guard sd_watchdog_enabled(0, &microseconds) > 0 else { return nil }
        return .microseconds(Int64(clamping: microseconds / 2))
    }

    // A manager that does not listen is no reason to fail: its own timeouts tell it what it needs to know.
    private func send(_ text: String) { _ = sd_notify(0, text) }
}
