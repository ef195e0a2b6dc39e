internal import MomentsCore

/// `moments jobs`: the jobs the daemon knows.
struct JobsCommand: Command {
    static let name = "jobs"
    static let help = CommandHelp(
        purpose: "the jobs the daemon knows",
        forms: ["[--status STATUS[,STATUS]] [--limit N] [--json]", "--by owner [--status STATUS[,STATUS]] [--json]"],
        about: "Lists jobs, newest first, each with status, progress, name, message and identifier.",
        options: [
            Arguments.Option(
                "--status",
                value: "STATUS",
                "only these: " + JobStatus.allCases.map(\.rawValue).joined(separator: ", "),
                of: JobStatus.allCases.map(\.rawValue)
            ),
            Arguments.Option("--limit", value: "N", "at most so many, 1 to 1000 (default 20)"),
            Arguments.Option(
                "--by",
                value: "WHAT",
                "owner: by whose they are ([Limits] FairShare=), with what each has had today and why it waits",
                of: ["owner"]
            ), Arguments.Option("--json", "the answer of /jobs as it is; with --by, the owners with their jobs"),
            StatusClient.option,
        ],
        examples: [
            .init("moments jobs --status failed", "what failed, and why"),
            .init("moments jobs --by owner --status processing,pending", "whose turn it is, and who waits"),
        ]
    )

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        guard arguments.rest.isEmpty else {
            throw Failure("moments jobs takes no names; moments show FILE shows one job", code: .usage)
        }
        var target = "/jobs?limit="
        let limit = arguments.value("--limit") ?? "20"
        guard let number = Int(limit), (1...1000).contains(number) else {
            throw Failure("--limit cannot be '\(Escaping.excerpt(limit))'; allowed is 1 to 1000", code: .usage)
        }
        target += "\(number)"
        if let status = arguments.value("--status") {
            for word in status.split(separator: ",", omittingEmptySubsequences: false)
            where JobStatus(rawValue: String(word)) == nil {
                let allowed = JobStatus.allCases.map(\.rawValue).joined(separator: ", ")
                throw Failure("--status cannot be '\(Escaping.excerpt(status))'; allowed: \(allowed)", code: .usage)
            }
            target += "&status=\(status)"
        }
        let client = StatusClient(arguments)
        if let what = arguments.value("--by") {
            guard what == "owner" else {
                throw Failure("--by cannot be '\(Escaping.excerpt(what))'; allowed: owner", code: .usage)
            }
            let health = try client.ask("/health", accepting: [503], as: HealthDocument.self)
            let jobs = try client.ask(target, as: JobsDocument.self).jobs
            let groups = JobsByOwner(jobs, health.report.fairShare)
            if arguments.has("--json") { return try Output.document(groups) }
            for line in groups.lines { Output.line(line) }
            return 0
        }
        if arguments.has("--json") {
            Output.bytes(try client.ask(target).body)
            return 0
        }
        let answer = try client.ask(target, as: JobsDocument.self)
        for job in answer.jobs {
            Output.line(JobLine.text(job))
            Output.line("             \(job.jobID)")
        }
        if answer.total > answer.jobs.count { Output.line("  … and \(answer.total - answer.jobs.count) more") }
        if answer.total == 0 { Output.line("  no jobs") }
        return 0
    }
}
