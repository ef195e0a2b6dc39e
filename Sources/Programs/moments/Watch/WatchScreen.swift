internal import MomentsCore

/// What `moments status --watch` shows: the daemon at a glance, in as many lines and columns as the terminal has.
struct WatchScreen {
    /// How the daemon is.
    let health: HealthDocument
    /// What is being worked on.
    let active: [Manifest]
    /// What waits or arrives, the newest first.
    let waiting: [Manifest]
    /// What is over, the newest first.
    let finished: [Manifest]

    /// A line, and how it is to look.
    struct Line {
        let text: String
        var tone: Paint.Tone?
    }

    /// The lines, none longer than the terminal is wide.
    ///
    /// - Parameters:
    ///   - columns: Its width.
    ///   - rows: Its height; what is over gives way first, then what waits.
    ///   - clock: What stands at the right of the first line.
    /// - Returns: The lines, from the top.
    func lines(columns: Int, rows: Int, clock: String) -> [Line] {
        var lines = head(columns, clock)
        lines += [Line(text: ""), Line(text: "AT WORK", tone: .strong)]
        lines += active.prefix(max(1, rows / 4)).map { Line(text: Self.bar($0, columns)) }
        if active.isEmpty { lines.append(Line(text: "  nothing", tone: .faint)) }
        let room = max(0, rows - lines.count - 4)
        let queue = waiting.prefix(max(1, room / 2))
        lines += [Line(text: ""), Line(text: "WAITING", tone: .strong)]
        lines += queue.map { Line(text: Self.row($0, columns)) }
        if queue.isEmpty { lines.append(Line(text: "  nothing", tone: .faint)) }
        lines += [Line(text: ""), Line(text: "LAST", tone: .strong)]
        for job in finished.prefix(max(1, rows - lines.count)) {
            lines.append(Line(text: Self.row(job, columns), tone: job.status == .failed ? .bad : nil))
        }
        if finished.isEmpty { lines.append(Line(text: "  nothing", tone: .faint)) }
        return lines.prefix(rows).map { Line(text: Self.cut($0.text, columns), tone: $0.tone) }
    }

    private func head(_ columns: Int, _ clock: String) -> [Line] {
        let report = health.report
        let title =
            "momentsd \(Escaping.line(health.version)) is \(report.status.rawValue), up \(Words.time(health.uptime))"
        let tone: Paint.Tone =
            switch report.status {
            case .healthy: .good
            case .degraded: .doubtful
            case .unhealthy: .bad
            }
        let gap = columns - clock.count
        var lines = [Line(text: gap > title.count ? Words.column(title, gap) + clock : title, tone: tone)]
        lines += report.reasons.prefix(4).map { Line(text: "  ! " + Escaping.line($0), tone: .doubtful) }
        let counts = JobStatus.allCases.map { "\(health.jobs[$0]) \($0.rawValue)" }.joined(separator: "  ")
        lines.append(Line(text: "  \(counts)"))
        let free = [
            ("inbox", report.freeSpace.inbox), ("outbox", report.freeSpace.outbox), ("state", report.freeSpace.state),
        ]
        let space = free.compactMap { entry in entry.1.map { "\(entry.0) \(Words.bytes($0))" } }
        let polled = report.watch.filter { $0.mode != "inotify" }.count
        let watch = polled == 0 ? "" : "  (\(polled) folders polled)"
        lines.append(
            Line(
                text: "  workers \(report.activeJobs) of \(report.workers)  free " + space.joined(separator: ", ")
                    + watch
            )
        )
        return lines
    }

    /// A job in work: how far, which stage, what, how long still.
    private static func bar(_ job: Manifest, _ columns: Int) -> String {
        let stage = job.stages.last { $0.status == .running }?.name.rawValue ?? "start"
        let head =
            "  \(ProgressDisplay.bar(job.progress, 20)) \(Words.percent(job.progress)) \(Words.column(stage, 8)) "
        let tail = JobLine.secondsLeft(job).map { $0 >= 3 ? "  about \(Words.time($0)) left" : "" } ?? ""
        let room = max(8, columns - head.count - tail.count)
        return head + Words.column(job.source.path.display, room) + tail
    }

    private static func row(_ job: Manifest, _ columns: Int) -> String {
        let name = job.source.path.display
        let width = min(max(name.count, 12), max(12, columns * 2 / 5))
        let text = job.status == .pending || job.status == .uploading ? Words.bytes(job.source.size) : ""
        let message = [text, JobLine.message(job)].filter { !$0.isEmpty }.joined(separator: ", ")
        return "  \(Words.column(job.status.rawValue, 10)) \(Words.column(name, width))  \(message)"
    }

    private static func cut(_ text: String, _ columns: Int) -> String {
        text.count > columns ? text.prefix(max(0, columns - 1)) + "…" : text
    }
}
