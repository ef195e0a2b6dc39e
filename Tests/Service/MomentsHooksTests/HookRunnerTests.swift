import FoundationEssentials
import Glibc
import MomentsCore
import MomentsHooks
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("hooks", .scratchFolder, .timeLimit(.minutes(5)))
struct HookRunnerTests {
    private let spool = HookSpool(state: ScratchFolder.path)

    private func text(_ name: FilePath) -> String {
        let path = ScratchFolder.path.appending(name)
        return String(decoding: (try? Descriptor.openRegular(path).read(1 << 20, at: 0, of: path)) ?? [], as: UTF8.self)
    }

    private func completed() -> HookEvent {
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        let source = SourceInfo(name: "be\nach.mp4", folder: "holiday", size: 2048, modifiedAt: now)
        var job = Manifest(
            jobID: JobIdentifier.make(at: now),
            source: source,
            config: JobOptions(),
            preset: "sport",
            at: now
        )
        job.pretend(.completed)
        var result = JobResult(outputs: [], inputDuration: 60, outputDuration: 30, segmentsSelected: 3)
        result.folder = "holiday/beach"
        job.result = result
        return HookEvent(.complete, "30 s of 60 s", job: job, inbox: "/in", outbox: "/out")
    }

    /// Runs what waits with a shell script for each kind of event; what it says comes back.
    private func run(
        _ script: String,
        limit: Duration = .seconds(30),
        pauses: [Duration] = [],
        stop: Bool = false
    ) throws -> [String] {
        let words = ["sh", "-c", "cd '\(ScratchFolder.path)'; " + script]
        let commands = HookCommands([.complete: words, .problem: words], timeLimit: limit)
        var said: [String] = []
        let pipe = try Pipe()
        if stop { try pipe.writer.write([0], to: "a pipe") }
        try HookRunner(spool, commands, pauses: pauses) { text, _ in said.append(text) }.run(until: pipe.reader)
        return said
    }

    private var waiting: Int { (try? Folder.names(in: spool.folder).count) ?? 0 }

    @Test("a hook gets the manifest on its standard input, and fields in its environment")
    func told() throws {
        #expect(try spool.add(completed()))
        let said = try run("cat >input; env | grep ^MOMENTS_ >variables; echo heard")
        let input = try MomentsJSON.decode(Manifest.self, from: Data(text("input").utf8))
        #expect(input.source.name == "be\nach.mp4")
        let variables = text("variables")
        for line in [
            "MOMENTS_EVENT=complete\n", "MOMENTS_RESULT=/out/holiday/beach\n", "MOMENTS_PRESET=sport\n",
            "MOMENTS_REEL=/out/holiday/beach/highlight.mp4\n", "MOMENTS_MESSAGE=30 s of 60 s\n", "MOMENTS_ATTEMPT=1\n",
        ] {
            #expect(variables.contains(line), "\(line) in \(variables)")
        }
        #expect(said.contains("sh: heard"))
        #expect(waiting == 0)
    }

    @Test("a hook that fails is tried again, and given up in the end; the next event has its turn")
    func again() throws {
        #expect(try spool.add(completed()))
        #expect(try spool.add(HookEvent(.problem, "the disk is full", inbox: "/in", outbox: "/out")))
        let said = try run(
            "echo $MOMENTS_EVENT $MOMENTS_ATTEMPT >>log; test $MOMENTS_EVENT = problem",
            pauses: [.zero, .milliseconds(1)]
        )
        let log = text("log")
        #expect(log.hasPrefix("complete 1\nproblem 1\n"))
        #expect(log.hasSuffix("complete 2\ncomplete 3\n"))
        #expect(said.contains { $0.contains("status 1; it failed 3 times and is given up") })
        #expect(waiting == 0)
    }

    @Test("a hook that takes too long, and does not read, is ended with all it started")
    func late() throws {
        #expect(try spool.add(completed()))
        let never = try Gate(ScratchFolder.path.appending("never"))
        let said = try run("\(never.wait) & \(never.wait)", limit: .milliseconds(200))
        #expect(said.contains { $0.contains("took longer than") })
        #expect(waiting == 0)
    }

    @Test("a hook that is not there is said to be so")
    func missing() throws {
        #expect(try spool.add(completed()))
        let commands = HookCommands([.complete: ["/nowhere/hook"]], timeLimit: .seconds(5))
        var said: [String] = []
        let pipe = try Pipe()
        try HookRunner(spool, commands, pauses: []) { text, _ in said.append(text) }.run(until: pipe.reader)
        #expect(said.contains { $0.contains("/nowhere/hook") && $0.contains("cannot be started") })
    }

    @Test("whoever stops the runner loses no event")
    func stopped() throws {
        #expect(try spool.add(completed()))
        _ = try run("exit 0", stop: true)
        #expect(waiting == 1)
        #expect(try run("exit 0").contains { $0.contains("is done") })
        #expect(waiting == 0)
    }

    @Test("what is no event, and what nobody wants to hear of, is removed")
    func unwanted() throws {
        #expect(try spool.add(HookEvent(.failure, "no", job: completed().job, inbox: "/in", outbox: "/out")))
        try AtomicFile.replace(spool.folder.appending("x.json"), with: Array("{".utf8))
        let said = try run("exit 1")
        #expect(said.count == 1)
        #expect(waiting == 0)
    }

    @Test("where nobody runs hooks, no more than a thousand events are kept")
    func bounded() throws {
        try Folder.make(spool.folder)
        for number in 0..<HookSpool.limit {
            try AtomicFile.replace(spool.folder.appending(FilePath("\(number).json")), with: [], durable: false)
        }
        #expect(try !spool.add(completed()))
    }
}
