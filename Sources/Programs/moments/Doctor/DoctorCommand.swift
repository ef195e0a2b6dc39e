internal import FoundationEssentials
internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem

/// `moments doctor`: what is wrong with this installation, and the command that mends it.
struct DoctorCommand: Command {
    static let name = "doctor"
    static let help = CommandHelp(
        purpose: "looks for what people get wrong, and says what mends it",
        forms: ["[--user NAME] [--config FILE] [--all | --json | --nagios]"],
        about: """
            Looks at configuration, folders and their rights (as the service and as those who drop videos), kinds of file
            systems, limits of inotify, free space, the clock, Samba shares, the unit and its walls, the sandbox, codecs,
            and what the daemon says of itself. Each thing that is wrong comes with a command to paste. Nothing is
            changed. As root it sees through the eyes of others, and finds more.
            """,
        options: [
            Arguments.Option("--user", value: "NAME", "tries the rights of this person's uploads; as root"),
            Arguments.Option("--config", value: "FILE", "a configuration (default: /etc/momentsd/momentsd.conf)"),
            Arguments.Option("--unit", value: "UNIT", "the unit (default: momentsd.service)"),
            Arguments.Option("--service-user", value: "NAME", "whom the service runs as (default: momentsd)"),
            Arguments.Option("--all", "shows also what is as it should be"),
            Arguments.Option("--json", "the findings as JSON"),
            Arguments.Option("--nagios", "one line and an exit status for Nagios, Icinga and the like"),
            StatusClient.option,
        ],
        examples: [
            .init("sudo moments doctor", "what is wrong, and what to type"),
            .init("sudo moments doctor --user anna", "why Anna's videos do not arrive"),
        ],
        exits: [
            .init(0, "nothing is wrong; with --nagios: OK"),
            .init(1, "something is to be mended; with --nagios: WARNING"),
            .init(2, "the words were wrong; with --nagios: CRITICAL"), .init(3, "with --nagios: UNKNOWN"),
        ]
    )

    static func run(_ arguments: Arguments) throws(Failure) -> Int32 {
        let isNagios = arguments.has("--nagios")
        guard arguments.rest.isEmpty, !(isNagios && arguments.has("--json")) else {
            throw Failure("moments doctor takes no names, and --json or --nagios", code: .usage)
        }
        let findings: [Finding]
        do throws(Failure) { findings = try examine(arguments) } catch {
            guard isNagios else { throw error }
            Output.line("MOMENTSD UNKNOWN - \(Escaping.line(error.reason))")
            return 3
        }
        let worst = findings.map(\.level).max { $0.severity < $1.severity } ?? .ok
        if isNagios { return tell(findings, worst) }
        if arguments.has("--json") {
            Output.bytes((try? MomentsJSON.document(["findings": findings])) ?? Data())
        } else {
            show(findings, all: arguments.has("--all"))
        }
        return worst.severity >= Finding.Level.warning.severity ? 1 : 0
    }

    private static func examine(_ arguments: Arguments) throws(Failure) -> [Finding] {
        let person = arguments.value("--user")
        if let person, getpwnam(person) == nil {
            throw Failure("there is no user '\(Escaping.excerpt(person))' on this machine", code: .usage)
        }
        if person != nil && geteuid() != 0 {
            throw Failure("--user sees through another's eyes, which only root may: sudo moments doctor --user …")
        }
        var findings: [Finding] = []
        let (settings, notes, mistakes) = Settings.inspect(arguments.path("--config"))
        let remedy = "momentsd --check"
        if !mistakes.isEmpty {
            return mistakes.map { .fault("configuration", Escaping.line("\($0)"), remedy) }
        }
        findings += notes.map { .warning("configuration", Escaping.line($0), remedy) }
        findings += settings.styles.mistakes.map { .warning("styles", Escaping.line("\($0)"), remedy) }
        if notes.isEmpty { findings.append(.ok("configuration", "every line of the configuration is understood")) }
        let patient = Patient(
            settings: settings,
            unit: arguments.value("--unit") ?? "momentsd.service",
            serviceUser: arguments.value("--service-user") ?? "momentsd",
            person: person,
            interruption: try Interruption()
        )
        findings += ServiceChecks.findings(patient, StatusClient(arguments, settings: settings))
        findings += FolderChecks.findings(patient)
        findings += MachineChecks.findings(patient)
        findings += SambaChecks.findings(patient)
        if !patient.isRoot { findings.append(.note("doctor", "root sees more", "sudo moments doctor")) }
        return findings.sorted { $0.level.severity > $1.level.severity }
    }

    private static func show(_ findings: [Finding], all: Bool) {
        let shown = findings.filter { all || $0.level != .ok }
        for finding in shown {
            let lines = TextFill.row(finding.level.mark, "\(finding.check): \(finding.text)", at: 8)
            Output.line(Paint.text(lines[0].prefix(8) + "", finding.level.tone) + lines[0].dropFirst(8))
            for line in lines.dropFirst() { Output.line(line) }
            // In one piece, to be pasted.
            if let remedy = finding.remedy { Output.line(Paint.text("        $ " + remedy, .strong)) }
        }
        let good = findings.count { $0.level == .ok }
        let wrong = findings.count { $0.level.severity >= Finding.Level.warning.severity }
        Output.line(
            wrong == 0
                ? "nothing is wrong; \(good) things are as they should be"
                : "\(wrong) to mend; \(good) as they should be"
        )
    }

    private static func tell(_ findings: [Finding], _ worst: Finding.Level) -> Int32 {
        let word = ["OK", "OK", "WARNING", "CRITICAL"][worst.severity]
        let bad = findings.filter { $0.level.severity >= Finding.Level.warning.severity }
        let text = bad.isEmpty ? "nothing is wrong" : bad.map { "\($0.check): \($0.text)" }.joined(separator: "; ")
        let faults = findings.count { $0.level == .fault }
        let warnings = findings.count { $0.level == .warning }
        // A bar would begin the numbers.
        Output.line("MOMENTSD \(word) - \(text.replacing("|", with: "/")) | faults=\(faults) warnings=\(warnings)")
        return Int32(max(0, worst.severity - 1))
    }
}

extension Finding.Level {
    /// The higher, the worse.
    fileprivate var severity: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    fileprivate var mark: String {
        switch self {
        case .ok: "ok"
        case .note: "note"
        case .warning: "WARNING"
        case .fault: "FAULT"
        }
    }

    fileprivate var tone: Paint.Tone {
        switch self {
        case .ok: .good
        case .note: .faint
        case .warning: .doubtful
        case .fault: .bad
        }
    }
}
