internal import FoundationEssentials

/// What the programs we start get of our own environment.
public enum WorkerEnvironment {
    /// All of it, as NAME=VALUE.
    public static var whole: [String] { variables { _ in true } }

    /// What does not speak for this service to the service manager, as NAME=VALUE.
    static var withoutService: [String] {
        variables { name in !withheld.contains(name) && !name.hasPrefix("LISTEN_") }
    }

    private static func variables(where isGiven: (String) -> Bool) -> [String] {
        ProcessInfo.processInfo.environment.filter { isGiven($0.key) }.map { "\($0.key)=\($0.value)" }.sorted()
    }

    private static let withheld: Set<String> = [
        "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "CREDENTIALS_DIRECTORY", "JOURNAL_STREAM", "MAINPID",
        "INVOCATION_ID", "MANAGERPID", "SYSTEMD_EXEC_PID",
    ]
}
