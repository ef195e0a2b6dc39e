internal import Glibc

/// How a process ended.
public enum ExitReason: Hashable, Sendable {
    /// It ended by itself with this status (0–255).
    case exited(Int32)
    /// This signal ended it.
    case signalled(Int32)

    /// Reads what waitpid(2) gave.
    init(waitStatus status: CInt) {
        let signal = status & 0x7f
        self = signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal)
    }

    /// The signal's name, such as "SIGSEGV"; nil for a process that ended by itself.
    public var signalName: String? {
        guard case .signalled(let signal) = self else { return nil }
        return Self.names[signal] ?? "signal \(signal)"
    }

    private static let names: [Int32: String] = [
        SIGABRT: "SIGABRT", SIGALRM: "SIGALRM", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGHUP: "SIGHUP",
        SIGILL: "SIGILL", SIGINT: "SIGINT", SIGKILL: "SIGKILL", SIGPIPE: "SIGPIPE", SIGQUIT: "SIGQUIT",
        SIGSEGV: "SIGSEGV", SIGSYS: "SIGSYS", SIGTERM: "SIGTERM", SIGTRAP: "SIGTRAP", SIGXCPU: "SIGXCPU",
        SIGXFSZ: "SIGXFSZ",
    ]
}

extension ExitReason: CustomStringConvertible {
    /// "status 3" or "SIGSEGV".
    public var description: String {
        switch self {
        case .exited(let status): "status \(status)"
        case .signalled: signalName ?? "a signal"
        }
    }
}
