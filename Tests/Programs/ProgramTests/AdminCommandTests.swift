import FoundationEssentials
import Glibc
import MomentsCore
import MomentsStatus
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("moments help, presets, doctor and status --watch", .scratchFolder, .timeLimit(.minutes(5)))
struct AdminCommandTests {
    private let root = ScratchFolder.path

    private struct Table: Decodable {
        struct Command: Decodable {
            struct Option: Decodable {
                let name: String
                let text: String
            }
            struct Exit: Decodable {
                let head: String
                let text: String
            }
            let name: String
            let options: [Option]
            let exits: [Exit]
        }
        let version: String
        let commands: [Command]
    }

    private struct Diagnosis: Decodable {
        struct Finding: Decodable {
            let check: String
            let level: String
            let text: String
            let remedy: String?
        }
        let findings: [Finding]
    }

    private func moments(_ words: String..., variables: [String] = []) async throws -> BuiltProgram.Run {
        try await BuiltProgram("moments").run(words.map { FilePath($0) }, environment: variables)
    }

    /// A configuration with folders of its own, of which the inbox and the outbox are there.
    private func configure(_ more: String = "") throws -> String {
        try Folder.make(root.appending("inbox"))
        try Folder.make(root.appending("outbox"))
        try Folder.make(root.appending("presets"))
        let text = """
            [Folders]
            Inbox=\(root)/inbox
            Outbox=\(root)/outbox
            State=\(root)/state
            Presets=\(root)/presets
            [Status]
            Socket=\(root)/s.sock
            \(more)
            """
        try AtomicFile.replace(root.appending("momentsd.conf"), with: text.utf8)
        try AtomicFile.replace(
            root.appending("presets/calm.conf"),
            with: "# For quiet days:\n# little happens.\n[Highlight]\nTargetDuration=20s\nLength=best\n".utf8
        )
        return root.appending("momentsd.conf").text
    }

    @Test("the table of commands is what each command's help says, in lines of at most 79 characters")
    func help() async throws {
        let table = try MomentsJSON.decode(Table.self, from: Data(try await moments("help", "--json").output.utf8))
        #expect(table.version == Version.text)
        #expect(table.commands.count >= 13)
        let overview = try await moments("--help").output
        for command in table.commands {
            let text = try await moments("help", command.name).output
            #expect(text.hasPrefix("Usage: moments \(command.name)"))
            #expect(overview.contains("\n  \(command.name) "))
            for option in command.options { #expect(text.contains(option.name), "\(command.name) \(option.name)") }
            #expect(text.contains("\nExit status:\n  0  "))
            for line in text.split(separator: "\n") { #expect(line.count <= 79, "\(line)") }
        }
        #expect(try await moments("help", "frob").exit == .exited(2))
    }

    @Test("every command answers programs as well as people, and says what its exit status means")
    func json() async throws {
        let table = try MomentsJSON.decode(Table.self, from: Data(try await moments("help", "--json").output.utf8))
        for command in table.commands {
            let isThere = command.options.contains { $0.name == "--json" }
            #expect(isThere, "\(command.name)")
            #expect(command.exits.map(\.head).starts(with: ["0"]) && command.exits.count > 1, "\(command.name)")
        }
        struct Line: Decodable {
            let what: FilePath
            let outcome: String?
            let error: String?
        }
        let file = try configure()
        let missing = root.appending("inbox/a\nb.mp4")
        for command in ["retry", "cancel"] {
            let run = try await moments(command, missing.text, "--json")
            #expect(run.exit == .exited(1))
            let line = try MomentsJSON.decode(Line.self, from: Data(run.output.utf8))
            #expect(line.what == missing && line.outcome == nil)
            #expect(line.error?.contains("is not there") == true)
        }
        let none = try await moments("retry", "--all-failed", "--json", "--config", file)
        #expect(none.exit == .exited(0) && none.output.isEmpty)
        // An album has no file of its own: its folder stands for it.
        let album = root.appending("inbox/day")
        try Folder.make(album)
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        let source = SourceInfo(name: "album", folder: "day", size: 1, modifiedAt: now)
        let id = JobIdentifier.make(at: now)
        let job = Manifest(jobID: id, source: source, config: JobOptions(), preset: nil, at: now)
        let line = String(decoding: try MomentsJSON.line(job), as: UTF8.self)
        let failed = line.replacing(#""status":"\#(job.status.rawValue)""#, with: #""status":"failed""#)
        try AtomicFile.replace(album.appending("album.moments.json"), with: Array(failed.utf8))
        let again = try await moments("retry", "--all-failed", "--json", "--config", file)
        #expect(again.output == #"{"outcome":"again","what":"\#(album.text)"}"# + "\n", "\(again.errors)")
        #expect(try Folder.names(in: album).isEmpty)
        let made = try await moments("presets", "--folders", "--json", "--config", file)
        let folder = try MomentsJSON.decode(Line.self, from: Data(made.output.utf8))
        #expect(folder.what == root.appending("inbox/calm") && folder.outcome == "made")
        let both = try await moments("status", "--watch", "--json")
        #expect(both.exit == .exited(2))
    }

    @Test("presets are listed with their words, and a folder for each is made where asked for")
    func presets() async throws {
        let file = try configure()
        let list = try await moments("presets", "--config", file).output
        #expect(list.contains("calm                For quiet days: little happens.\n"))
        #expect(list.contains("TargetDuration=20s Length=best\n"))
        let json = try await moments("presets", "--json", "--config", file).output
        #expect(json.contains("\"target_duration\" : 20"))
        #expect(chmod(root.appending("inbox").text, 0o2770) == 0)
        #expect(try await moments("presets", "--folders", "calm", "--config", file).exit == .exited(0))
        #expect(try await moments("presets", "--folders", "--config", file).output.contains("is there"))
        var made = stat()
        #expect(stat(root.appending("inbox/calm").text, &made) == 0)
        #expect(made.st_mode & 0o7777 == 0o2770)
        let wrong = try await moments("presets", "wild", "--config", file)
        #expect(wrong.exit == .exited(1))
        #expect(wrong.errors.contains("there is no preset 'wild'; there are calm"))
    }

    @Test("the presets that ship are understood, line by line")
    func shippedPresets() async throws {
        let shipped = FilePath(#filePath).parent.parent.parent.parent.appending("systemd/presets")
        let file = root.appending("momentsd.conf")
        try AtomicFile.replace(file, with: "[Folders]\nPresets=\(shipped)\n".utf8)
        let list = try await moments("presets", "--config", file.text).output
        for name in ["family", "security-camera", "sport", "talk", "vertical"] {
            #expect(list.contains("\(name) "), "\(list)")
        }
        let check = try await BuiltProgram("momentsd").run(["--config", file, "--check"])
        #expect(!check.errors.contains("/presets/"), "\(check.errors)")
    }

    @Test("the doctor names what is wrong with folders and daemon, each with a remedy, and its status says so")
    func doctor() async throws {
        let file = try configure("[Highlight]\nTargetDurration=9s\n[Intake]\nWatch=auto")
        #expect(chmod(root.appending("inbox").text, 0o770) == 0)
        for name in ["beach day.mp4", "beach day.request.json"] as [FilePath] {
            try AtomicFile.replace(root.appending("inbox").appending(name), with: "{}".utf8, durable: false)
        }
        let run = try await moments("doctor", "--json", "--config", file)
        #expect(run.exit == .exited(1))
        let findings = try MomentsJSON.decode(Diagnosis.self, from: Data(run.output.utf8)).findings
        func has(_ check: String, _ level: String, _ text: String) -> Bool {
            findings.contains { $0.check == check && $0.level == level && $0.text.contains(text) }
        }
        #expect(has("configuration", "warning", "TargetDurration="), "\(run.output)")
        #expect(has("daemon", "fault", "momentsd does not run"))
        #expect(has("state", "fault", "\(root)/state) is not there"))
        #expect(has("requests", "warning", "call it 'beach day.mp4.request.json'"), "\(run.output)")
        #expect(has("uploads", "warning", "the service may be unable to read"))
        #expect(has("codecs", "ok", "codecs are there"))
        #expect(findings.allSatisfy { $0.level != "fault" || $0.remedy != nil })
        let text = try await moments("doctor", "--config", file)
        #expect(text.output.contains("        $ chmod g+s \(root)/inbox\n"))
        #expect(!text.output.contains("\u{1b}"))
        for line in text.output.split(separator: "\n") where !line.hasPrefix("        $ ") {
            #expect(line.count <= 79, "\(line)")
        }
    }

    @Test("a daemon that answers is content, and Nagios gets one line")
    func nagios() async throws {
        let file = try configure()
        let board = StatusBoard(version: Version.text)
        let server = try StatusServer(board: board, socket: root.appending("s.sock"), mode: 0o600, group: nil)
        defer { server.stop() }
        let good = try await moments("doctor", "--json", "--config", file)
        #expect(good.output.contains("answers and is healthy"))
        board.set(health: HealthReport(status: .unhealthy, reasons: ["the outbox | is full"]))
        let run = try await moments("doctor", "--nagios", "--config", file)
        #expect(run.exit == .exited(2))
        #expect(run.output.hasPrefix("MOMENTSD CRITICAL - "))
        #expect(run.output.contains("daemon: the outbox / is full"))
        #expect(run.output.split(separator: "\n").count == 1)
        #expect(run.output.contains(" | faults="))
        let unknown = try await moments("doctor", "--nagios", "--user", "nobody-of-this-name", "--config", file)
        #expect(unknown.exit == .exited(3))
    }

    @Test("the live view shows the daemon on the other screen of a terminal, within 80 columns, and gives it back")
    func watch() async throws {
        let board = StatusBoard(version: "9.9")
        let socket = root.appending("s.sock")
        let server = try StatusServer(board: board, socket: socket, mode: 0o600, group: nil)
        defer { server.stop() }
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        for (number, status) in JobStatus.allCases.enumerated() {
            let name = FilePath("a-name-that-is-long-enough-to-be-cut-at-some-place-\(status.rawValue)\u{1b}[31m.mp4")
            let source = SourceInfo(name: name, folder: "holiday", size: 2048, modifiedAt: now)
            var job = Manifest(
                jobID: JobIdentifier.make(at: now.adding(seconds: Double(number))),
                source: source,
                config: JobOptions(),
                preset: nil,
                at: now
            )
            job.pretend(status)
            job.progress = 50
            board.set(job)
        }
        let program = try BuiltProgram("moments").path
        let command = "'\(program)' status --watch --rounds 2 --socket '\(socket)'"
        let run = try Tool.outcome("env", ["TERM=xterm", "NO_COLOR=1", "script", "-qec", command, "/dev/null"])
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.hasPrefix("\u{1b}[?1049h\u{1b}[?25l\u{1b}[H"))
        #expect(run.output.contains("momentsd 9.9 is healthy"))
        #expect(run.output.hasSuffix("\u{1b}[?25h\u{1b}[?1049l"))
        #expect(!run.output.contains("\u{1b}[31m"))
        // A terminal makes two signs of a line's end, or three.
        let text = String(String.UnicodeScalarView(run.output.unicodeScalars.filter { $0 != "\r" }))
        let picture = text.split(separator: "\u{1b}[H").dropFirst().first ?? ""
        #expect(picture.contains("━━━━━━━━━━┄┄┄┄┄┄┄┄┄┄"))
        for line in picture.split(separator: "\n") {
            #expect(line.replacing("\u{1b}[K", with: "").replacing("\u{1b}[J", with: "").count <= 80, "\(line)")
        }
        let plain = try await moments("status", "--watch", "--socket", socket.text)
        #expect(plain.exit == .exited(2))
        #expect(plain.errors.contains("needs a terminal"))
    }
}
