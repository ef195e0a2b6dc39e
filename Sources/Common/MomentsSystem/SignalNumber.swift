internal import Glibc

/// The signals that are sent, by name.
public enum SignalNumber {
    /// Asks a process to end.
    public static let terminate = SIGTERM
    /// Ends a process.
    public static let kill = SIGKILL
    /// Halts a process.
    public static let stop = SIGSTOP
    /// Lets a halted process go on.
    public static let proceed = SIGCONT
}
