internal import MomentsCore

/// `moments status`: how the daemon is, and what it is at.
struct StatusCommand: Command {
    static let name = "status"
    static let help = """
        Usage: moments status [--json] [--socket PATH]

        Shows how the daemon is: condition and reasons, how folders are watched, free space,
        jobs by status, and the jobs that are being worked on. Needs no privileges.

          --json          the answer of /health as it is
          --socket PATH   the status socket (default: as configured, /run/momentsd/status.sock)

        Ends with 0 when the daemon is healthy or degraded, 1 when it is unhealthy or does not run.
        """
    static let options = [Arguments.Option(name: "--json", hasValue: false), StatusClient.option]

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        guard arguments.rest.isEmpty else { throw Failure("moments status takes no names", code: .usage) }
        let client = StatusClient(arguments)
        let (code, body) = try client.ask("/health", accepting: [503])
        if arguments.has("--json") {
            Output.bytes(body)
            return code == 200 ? 0 : 1
        }
        let health = try StatusClient.decode(HealthDocument.self, from: body)
        let since = Words.time(health.uptime)
        Output.line("momentsd \(Escaping.line(health.version)) is \(health.report.status.rawValue), up \(since)")
        for reason in health.report.reasons { Output.line("  ! \(Escaping.line(reason))") }
        for watch in health.report.watch {
            let reason = watch.reason.isEmpty ? "" : " (\(watch.reason))"
            Output.line("  watching  \(watch.folder.display) by \(Escaping.line(watch.mode + reason))")
        }
        let free = [
            ("inbox", health.report.freeSpace.inbox), ("outbox", health.report.freeSpace.outbox),
            ("state", health.report.freeSpace.state),
        ]
        let space = free.compactMap { entry in entry.1.map { "\(entry.0) \(Words.bytes($0))" } }
        if !space.isEmpty { Output.line("  free      " + space.joined(separator: ", ")) }
        let counts = JobStatus.allCases.compactMap { status in
            health.jobs[status] > 0 ? "\(health.jobs[status]) \(status.rawValue)" : nil
        }
        Output.line("  jobs      " + (counts.isEmpty ? "none" : counts.joined(separator: ", ")))
        let active = try client.ask("/jobs?status=processing", as: JobsDocument.self)
        for job in active.jobs { Output.line(JobLine.text(job)) }
        return code == 200 ? 0 : 1
    }
}
