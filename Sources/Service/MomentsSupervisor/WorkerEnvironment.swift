internal import FoundationEssentials
internal import MomentsCore

/// What a worker gets of our environment: nothing that speaks for this service to systemd.
enum WorkerEnvironment {
    /// The variables as NAME=VALUE.
    static var current: [String] {
        ProcessInfo.processInfo.environment.filter { name, _ in
            !withheld.contains(name) && !name.hasPrefix("LISTEN_")
        }
        .map { "\($0.key)=\($0.value)" }.sorted()
    }

    private static let withheld: Set<String> = [
        "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "CREDENTIALS_DIRECTORY", "JOURNAL_STREAM", "MAINPID",
        "INVOCATION_ID", "MANAGERPID", "SYSTEMD_EXEC_PID",
    ]
}

/// One line of a worker's output.
enum WorkerLine {
    /// The event it tells; nil for a line that is none, which a newer worker or its launcher may write.
    static func event(_ line: [UInt8]) -> JobEvent? {
        try? MomentsJSON.decode(JobEvent.self, from: Data(line))
    }
}
