internal import Glibc
internal import MomentsCore

/// `moments status`: how the daemon is, and what it is at.
struct StatusCommand: Command {
    static let name = "status"
    static let help = CommandHelp(
        purpose: "how the daemon is, and what it is at",
        forms: ["[--json] [--socket PATH]", "--watch [--rounds COUNT] [--socket PATH]"],
        about: """
            Shows how the daemon is: condition and reasons, how folders are watched, free space, jobs by status, and the
            jobs that are being worked on. Needs no privileges beyond those of the status socket.
            """,
        options: [
            Arguments.Option("--json", "the answer of /health as it is"),
            Arguments.Option("--watch", "a live view on a terminal, drawn again each second; q or Ctrl-C ends it"),
            Arguments.Option("--rounds", value: "COUNT", "ends the live view after so many pictures"),
            StatusClient.option,
        ],
        exits: [
            .init(0, "the daemon is healthy or degraded"), .init(1, "it is unhealthy, or does not run"),
            .init(2, "the words were wrong"),
        ]
    )

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        guard arguments.rest.isEmpty else { throw Failure("moments status takes no names", code: .usage) }
        guard !(arguments.has("--watch") && arguments.has("--json")) else {
            throw Failure("--watch draws for people; moments events --json tells programs what happens", code: .usage)
        }
        let client = StatusClient(arguments)
        if arguments.has("--watch") { return try watch(client, arguments) }
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
        if let owners = health.report.fairShare?.owners, owners.count > 1 {
            for share in owners.prefix(10) where share.jobs[.processing] + share.jobs[.pending] > 0 {
                let reason = share.reason.map { "; waits until midnight: it \(Escaping.line($0))" } ?? ""
                Output.line("  shared    " + JobsByOwner.line(share) + reason)
            }
        }
        let active = try client.ask("/jobs?status=processing", as: JobsDocument.self)
        for job in active.jobs { Output.line(JobLine.text(job)) }
        return code == 200 ? 0 : 1
    }

    /// The live view; it goes on while the daemon restarts.
    private static func watch(_ client: StatusClient, _ arguments: Arguments) throws(Failure) -> Int32 {
        guard isatty(STDOUT_FILENO) == 1 else {
            throw Failure("--watch needs a terminal; moments events follows without one", code: .usage)
        }
        var rounds = Int.max
        if let text = arguments.value("--rounds") {
            guard let count = Int(text), count > 0 else {
                throw Failure("--rounds cannot be '\(Escaping.excerpt(text))'; allowed is 1 or more", code: .usage)
            }
            rounds = count
        }
        // Who named a wrong socket is told so, instead of shown a screen.
        _ = try client.ask("/health", accepting: [503])
        let interruption = try Interruption()
        let terminal = WatchedTerminal()
        defer { terminal.restore() }
        while !interruption.happened {
            terminal.show(picture(client, terminal.size))
            rounds -= 1
            if rounds == 0 || terminal.wait(1000, or: interruption.descriptor) { break }
        }
        return 0
    }

    private static func picture(_ client: StatusClient, _ size: (columns: Int, rows: Int)) -> [WatchScreen.Line] {
        do throws(Failure) {
            let screen = WatchScreen(
                health: try client.ask("/health", accepting: [503], as: HealthDocument.self),
                active: try client.ask("/jobs?status=processing&limit=20", as: JobsDocument.self).jobs,
                waiting: try client.ask("/jobs?status=pending,uploading&limit=40", as: JobsDocument.self).jobs,
                finished: try client.ask("/jobs?status=completed,failed,cancelled&limit=60", as: JobsDocument.self).jobs
            )
            let clock = String("\(Timestamp.now)".prefix(19)).replacing("T", with: " ") + " UTC"
            return screen.lines(columns: size.columns, rows: size.rows, clock: clock)
        } catch {
            return TextFill.row("", Escaping.line(error.reason), at: 2).map { WatchScreen.Line(text: $0, tone: .bad) }
        }
    }
}
