import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("moments run", .scratchFolder, .timeLimit(.minutes(5)))
struct RunCommandTests {
    private func video(_ name: FilePath) throws -> FilePath {
        let path = ScratchFolder.path.appending(name)
        try AtomicFile.replace(path, with: "video".utf8, durable: false)
        return path
    }

    private var output: FilePath { ScratchFolder.path.appending("out") }

    private func run(_ words: [FilePath], interruptedAfter: Double? = nil) async throws -> BuiltProgram.Run {
        let environment = try FakeWorker.install()
        return try await BuiltProgram("moments").run(
            ["run"] + words,
            environment: environment,
            interruptedAfter: interruptedAfter
        )
    }

    @Test("a file's result is published whole, its paths are printed, and nothing else is left")
    func success() async throws {
        let run = try await run([try video("beach.mp4"), "-o", output])
        #expect(run.exit == .exited(0), "\(run.errors)")
        #expect(run.output == "\(output)/beach/highlight.mp4\n\(output)/beach/spec.json\n")
        #expect(run.errors.contains("beach.mp4: 2 shots, 00:00:03 of highlights"))
        #expect(try Folder.names(in: output) == ["beach"])
        #expect(try Folder.names(in: output.appending("beach")) == ["highlight.mp4", "manifest.json", "spec.json"])
    }

    @Test("options reach the worker: command line over preset over configuration")
    func options() async throws {
        let config = ScratchFolder.path.appending("m.conf")
        try AtomicFile.replace(config, with: "[Highlight]\nQuality=low\nLoudness=-20\n".utf8, durable: false)
        try Folder.make(ScratchFolder.path.appending("presets"))
        let preset = ScratchFolder.path.appending("presets/p.conf")
        try AtomicFile.replace(preset, with: "[Highlight]\nTargetDuration=10\nQuality=medium\n".utf8, durable: false)
        let words: [FilePath] = [
            try video("a.mp4"), "--config=\(config)", "--preset", "p", "--target-duration", "1min", "-o\(output)",
        ].map { FilePath("\($0)") }
        let run = try await run(words)
        #expect(run.exit == .exited(0), "\(run.errors)")
        let spec = output.appending("a/spec.json")
        let data = Data(try Descriptor.openRegular(spec).read(1 << 20, at: 0, of: spec))
        let job = try MomentsJSON.decode(JobSpec.self, from: data)
        #expect(job.options.targetDuration == 60)
        #expect(job.options.quality == .medium)
        #expect(job.options.loudness == -20)
        #expect(job.lifeline)
    }

    @Test("a folder, or a device, is refused by name")
    func noFile() async throws {
        let run = try await run([ScratchFolder.path, "/dev/zero", "-o", output])
        #expect(run.exit == .exited(1))
        #expect(run.errors.contains("cannot be read: it is a folder; name the videos in it."))
        #expect(run.errors.contains("'/dev/zero' cannot be read: it is no file."))
    }

    @Test("some failing gives 1, says why in one line each, and the others are done")
    func someFail() async throws {
        let files = try ["bad.mp4", "crash.mp4", "good.mp4"].map { try video(FilePath($0)) }
        let run = try await run(files + [ScratchFolder.path.appending("missing.mp4"), "-o", output, "--json"])
        #expect(run.exit == .exited(1))
        #expect(run.errors.contains("bad.mp4: CorruptMedia: it is torn\n"))
        #expect(run.errors.contains("crash.mp4: WorkerCrashed: The worker was ended by SIGSEGV"))
        #expect(run.errors.contains("missing.mp4: ReadFailed: "))
        let manifests = try run.output.split(separator: "\n").map { line in
            try MomentsJSON.decode(Manifest.self, from: Data(line.utf8))
        }
        #expect(manifests.map(\.status) == [.failed, .failed, .completed, .failed])
        #expect(manifests[0].error?.kind == .corruptMedia)
        #expect(manifests[2].result?.folder == "good")
        #expect(try Folder.names(in: output) == ["good"])
    }

    @Test("an interruption ends the worker at once and leaves nothing behind")
    func interruption() async throws {
        let run = try await run([try video("hang.mp4"), try video("next.mp4"), "-o", output], interruptedAfter: 0.5)
        #expect(run.exit == .exited(1))
        #expect(run.errors.contains("interrupted; what was not finished left nothing behind"))
        #expect(try Folder.names(in: output).isEmpty)
    }

    @Test("names that are no text, links to videos and names with line breaks work; a pipe or a folder is refused")
    func names() async throws {
        let raw = try video(FilePath(bytes: [0x61, 0x0a, 0xff, 0x2e, 0x6d, 0x70, 0x34]))
        let run = try await run([raw, ScratchFolder.path, "-o", output])
        #expect(run.exit == .exited(1))
        #expect(!run.errors.contains("a\n\u{fffd}"))
        #expect(run.errors.contains("ReadFailed"))
        #expect(try Folder.names(in: output).count == 1)
    }

    @Test(
        "wrong words give 2 and say what is right",
        arguments: [
            (["run", "x.mp4"], "-o FOLDER is missing"), (["run", "-o", "/tmp/x"], "name at least one"),
            (["run", "x", "-o"], "-o needs a value"), (["run", "x", "--fast"], "unknown option '--fast'"),
            (["run", "x", "-o", "y", "--quality", "best"], "allowed: low, medium, high, original, auto"),
            (["run", "x", "-o", "y", "--target-duration=-1"], "allowed is 1 s to 24 h"),
            (["run", "x", "-o", "y", "--preset", "../x"], "there is no preset '../x'"),
            (["run", "x", "-o", "y", "--json=1"], "--json takes no value"),
            (["run", "x", "-o", "y", "-o", "z"], "--output is there twice"),
            (["run", "x", "-o", "y", "--config", "/nonexistent"], "No such file"),
            (["frob\u{1b}[31m"], "there is no command 'frob\\u{1b}[31m'"), (["show"], "takes one FILE or ID"),
            (["jobs", "--limit", "0"], "allowed is 1 to 1000"), (["jobs", "--status", "x"], "allowed: uploading"),
            (["events", "x"], "one job identifier"),
        ]
    )
    func usage(words: [String], reason: String) async throws {
        let run = try await BuiltProgram("moments").run(words.map { FilePath($0) })
        #expect(run.exit == .exited(2))
        #expect(run.errors.contains(reason), "\(run.errors)")
        #expect(run.errors.contains("--help"))
        #expect(run.output.isEmpty)
    }

    @Test(
        "help and version are there for each command",
        arguments: ["run", "status", "jobs", "show", "events", "bench"]
    )
    func help(command: String) async throws {
        let program = try BuiltProgram("moments")
        let help = try await program.run([FilePath(command), "--help"])
        #expect(help.exit == .exited(0))
        #expect(help.output.hasPrefix("Usage: moments \(command)"))
        #expect(try await program.run(["--version"]).output == "moments \(Version.text)\n")
        #expect(try await program.run(["--help"]).output.contains("  \(command) "))
    }
}
