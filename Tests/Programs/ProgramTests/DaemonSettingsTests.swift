import FoundationEssentials
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("what the daemon is told", .scratchFolder, .timeLimit(.minutes(5)))
struct DaemonSettingsTests: DaemonFixture {
    init() throws { try configure() }

    @Test("folders inside each other are refused with a sentence", arguments: ["inbox", "inbox/out", "."])
    func overlap(outbox: String) async throws {
        try Folder.make(inbox.appending("out"))
        try configure(outbox: outbox == "." ? root : root.appending(outbox))
        let run = try await BuiltProgram("momentsd").run(["--config", configuration, "--check"])
        #expect(run.exit == .exited(78))
        #expect(run.errors.contains("[Folders]"))
        #expect(run.errors.contains("Inbox="))
    }

    @Test("a check looks at the programs and folders, too")
    func check() async throws {
        let program = try BuiltProgram("momentsd")
        func check(_ text: String) async throws -> BuiltProgram.Run {
            let folders = "[Folders]\nInbox=\(inbox)\nOutbox=\(outbox)\nState=\(root)/state\n"
            try AtomicFile.replace(configuration, with: (folders + text).utf8, durable: false)
            return try await program.run(["--config", configuration, "--check"])
        }
        #expect(try await check("").exit == .exited(0))
        let worker = try await check("[Workers]\nProgram=\(root)/nothing\nLauncher=no-such-program -n 19\n")
        #expect(worker.exit == .exited(78))
        #expect(worker.errors.contains("The worker '\(root)/nothing' is no program"))
        #expect(worker.errors.contains("begins with 'no-such-program'"))
        #expect(try await check("[Workers]\nLauncher=env nice\n").exit == .exited(0))
        let engines = try await check(
            "[Voice]\nCommand=/no/voice\n[Planner]\nCommand=/no/plan\n[Transcript]\nCommand=/no/words\n"
                + "[Subjects]\nDescribe=/no/eyes\n"
        )
        for text in [
            "[Voice] Command= begins with '/no/voice'", "'/no/plan'", "'/no/words'",
            "[Subjects] Describe= begins with '/no/eyes'",
        ] {
            #expect(engines.exit == .exited(78) && engines.errors.contains(text), "\(engines.errors)")
        }
        let many = try await check(
            """
            [Workers]
            Count=many
            [Limits]
            MinDuration=2h
            MaxDuration=1h
            Quality=best
            [Hooks]
            OnFailure=/no/such/hook
            [Subjects]
            Models=/no/such/models
            [Status]
            Group=no-such-group
            """
        )
        #expect(many.exit == .exited(78))
        for text in ["Count= cannot be 'many'", "MinDuration=", "Quality=", "OnFailure=", "Models=", "Group="] {
            #expect(many.errors.contains(text), "\(text) in \(many.errors)")
        }
        let ignored = try await check("[Highlight]\nQualty=best\n")
        #expect(ignored.exit == .exited(0))
        #expect(ignored.output.contains("but for what is ignored"))
        try AtomicFile.replace(outbox, with: [], durable: false)
        let folder = try await check("")
        #expect(folder.exit == .exited(78))
        #expect(folder.errors.contains("Outbox= (\(outbox)) is no folder"))
    }

    @Test("a reload with a bad value is told by /health until a good one comes, and the service goes on")
    func badReload() async throws {
        try Folder.make(inbox)
        let process = try start()
        await wait { health()?.report.status == .healthy }
        let good = try Descriptor.openRegular(configuration).read(1 << 16, at: 0, of: configuration)
        try AtomicFile.replace(configuration, with: good + Array("\n[Workers]\nCount=many\n".utf8))
        kill(process.pid, SIGHUP)
        await wait { health()?.report.reasons.contains { $0.contains("Count=") && $0.contains("many") } == true }
        #expect(health()?.report.status == .degraded)
        try AtomicFile.replace(inbox.appending("a.mp4"), with: "a".utf8)
        await wait { completed() == 1 }
        try AtomicFile.replace(configuration, with: good)
        kill(process.pid, SIGHUP)
        await wait { health()?.report.status == .healthy }
        #expect(await end(process, by: SIGTERM) == .exited(0))
    }

    @Test("who is given words or pictures and reaches the network is named by /health")
    func networkEngines() async throws {
        try Folder.make(inbox)
        let good = try Descriptor.openRegular(configuration).read(1 << 16, at: 0, of: configuration)
        let engines = """

            [Voice]
            Command=/bin/cat
            Network=on
            [Planner]
            Command=/bin/cat
            [Generator dream]
            Command=/bin/cat --fast
            Network=on
            """
        try AtomicFile.replace(configuration, with: good + Array(engines.utf8), durable: false)
        let process = try start()
        await wait { health()?.report.status == .healthy }
        let named = [("Voice", "/bin/cat"), ("Generator dream", "/bin/cat")]
        #expect(health()?.report.networkEngines == named.map { .init(section: $0, program: $1) })
        try AtomicFile.replace(configuration, with: good)
        kill(process.pid, SIGHUP)
        await wait { health()?.report.networkEngines == [] }
        #expect(await end(process, by: SIGTERM) == .exited(0))
    }

    private func health() -> HealthDocument? {
        let socket = root.appending("status.sock")
        guard let bytes = try? LocalHTTP(get: "/health", from: socket).content() else { return nil }
        return try? MomentsJSON.decode(HealthDocument.self, from: Data(bytes))
    }

    @Test("what happened is told to hooks by a process of their own, which needs no service manager")
    func hooks() async throws {
        try Folder.make(inbox)
        let hook = root.appending("hook")
        let script = "#!/bin/sh\ncat > '\(root)/heard.new'; echo \"$MOMENTS_EVENT $MOMENTS_RESULT\" > '\(root)/told'\n"
        try AtomicFile.replace(hook, with: script.utf8, mode: 0o755, durable: false)
        let text = try Descriptor.openRegular(configuration).read(1 << 16, at: 0, of: configuration)
        try AtomicFile.replace(configuration, with: text + Array("\n[Hooks]\nOnComplete=\(hook)\n".utf8))
        try AtomicFile.replace(inbox.appending("a.mp4"), with: "a".utf8)
        let process = try start()
        let spool = root.appending("state/hooks")
        await wait { (try? FileStatus.of(root.appending("told"))) != nil && (try? Folder.names(in: spool)) == [] }
        #expect(await end(process, by: SIGTERM) == .exited(0))
        let run = try await BuiltProgram("momentsd").run(["--config", configuration, "--hooks"])
        #expect(run.exit == .exited(0))
        let told = try Descriptor.openRegular(root.appending("told")).read(1 << 16, at: 0, of: root.appending("told"))
        #expect(String(decoding: told, as: UTF8.self) == "complete \(outbox)/a\n")
        let path = root.appending("heard.new")
        let heard = try MomentsJSON.decode(
            Manifest.self,
            from: Data(try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path))
        )
        #expect(heard.status == .completed && heard.source.name == "a.mp4")
    }

    @Test("what [Workers] Sandbox= says goes to the worker with each job", arguments: SandboxPolicy.allCases)
    func sandbox(policy: SandboxPolicy) async throws {
        try Folder.make(inbox)
        let path = root.appending("spec")
        let script = """
            #!/bin/sh
            read -r spec
            printf '%s' "$spec" > '\(path).new'
            mv '\(path).new' '\(path)'
            exit 2
            """
        try AtomicFile.replace(root.appending("worker"), with: script.utf8, mode: 0o755, durable: false)
        let text = try Descriptor.openRegular(configuration).read(1 << 16, at: 0, of: configuration)
        try AtomicFile.replace(configuration, with: text + Array("\n[Workers]\nSandbox=\(policy.rawValue)\n".utf8))
        try AtomicFile.replace(inbox.appending("a.mp4"), with: "a".utf8)
        let process = try start()
        await wait { (try? FileStatus.of(path)) != nil }
        let bytes = try Descriptor.openRegular(path).read(1 << 16, at: 0, of: path)
        #expect(try MomentsJSON.decode(JobSpec.self, from: Data(bytes)).sandbox == policy)
        #expect(await end(process, by: SIGTERM) == .exited(0))
    }

    @Test("its command line is checked")
    func arguments() async throws {
        let program = try BuiltProgram("momentsd")
        #expect(try await program.run(["--version"]).output == "momentsd \(Version.text)\n")
        #expect(try await program.run(["--help"]).exit == .exited(0))
        let wrong = try await program.run(["--nonsense"])
        #expect(wrong.exit == .exited(2))
        #expect(wrong.errors.contains("usage:"))
    }
}
