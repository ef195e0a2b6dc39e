import FoundationEssentials
import MomentsCore
import MomentsStatus
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("moments status, jobs, show and events", .scratchFolder, .timeLimit(.minutes(5)))
struct AskingCommandTests {
    private let board = StatusBoard(version: "9.9")
    private let socket = ScratchFolder.path.appending("s.sock")

    private func serve() throws -> StatusServer {
        try StatusServer(board: board, socket: socket, mode: 0o600, group: nil)
    }

    private func moments(_ words: String..., interruptedAfter: Double? = nil) async throws -> BuiltProgram.Run {
        try await BuiltProgram("moments").run(
            words.map { FilePath($0) },
            environment: ["MOMENTS_SOCKET=\(socket)"],
            interruptedAfter: interruptedAfter
        )
    }

    private func manifest(_ name: String, _ status: JobStatus) -> Manifest {
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        let source = SourceInfo(name: FilePath(name), folder: "holiday", size: 2048, modifiedAt: now)
        var manifest = Manifest(
            jobID: JobIdentifier.make(at: now),
            source: source,
            config: JobOptions(),
            preset: "vertical",
            at: now
        )
        manifest.pretend(status)
        return manifest
    }

    @Test("status shows condition, reasons, watch, space and the jobs in work")
    func status() async throws {
        let server = try serve()
        defer { server.stop() }
        var job = manifest("be\u{1b}ach.mp4", .processing)
        job.progress = 63.4
        job.estimatedTime = 100
        job.message = "render"
        board.set(job)
        board.set(manifest("b.mp4", .failed))
        board.set(
            health: HealthReport(
                status: .degraded,
                reasons: ["the outbox is nearly full"],
                watch: [HealthReport.Watch(folder: "/srv/in", mode: "poll", reason: "nfs")],
                freeSpace: HealthReport.FreeSpace(inbox: 5 << 30, outbox: 1 << 20)
            )
        )
        let run = try await moments("status")
        #expect(run.exit == .exited(0))
        for text in [
            "momentsd 9.9 is degraded, up 0 s\n", "  ! the outbox is nearly full\n",
            "  watching  /srv/in by poll (nfs)\n", "  free      inbox 5 GB, outbox 1 MB\n",
            "  jobs      1 processing, 1 failed\n",
            "  processing  63 %  holiday/be\\u{1b}ach.mp4  render (about 37 s left)\n",
        ] { #expect(run.output.contains(text), "\(text) in \(run.output)") }
        board.set(health: HealthReport(status: .unhealthy))
        #expect(try await moments("status", "--json").exit == .exited(1))
    }

    @Test("without a daemon each command says so in one sentence")
    func noDaemon() async throws {
        for words in [["status"], ["jobs"], ["events"], ["show", "018bcfe5-6800-7000-8000-000000000000"]] {
            let run = try await BuiltProgram("moments").run(
                words.map { FilePath($0) } + ["--socket", socket]
            )
            #expect(run.exit == .exited(1))
            #expect(run.errors.hasPrefix("moments: momentsd does not run: nobody listens on \(socket)"))
            #expect(run.errors.split(separator: "\n").count == 1)
        }
    }

    @Test("jobs lists what was asked for, as text or as JSON")
    func jobs() async throws {
        let server = try serve()
        defer { server.stop() }
        for index in 0..<5 { board.set(manifest("\(index).mp4", index < 3 ? .completed : .failed)) }
        let failed = try await moments("jobs", "--status", "failed")
        #expect(failed.output.split(separator: "\n").count { $0.contains("failed") } == 2)
        let limited = try await moments("jobs", "--limit=2")
        #expect(limited.output.contains("… and 3 more"))
        struct Jobs: Decodable {
            let total: Int
        }
        let json = try await moments("jobs", "--json").output
        #expect(try MomentsJSON.decode(Jobs.self, from: Data(json.utf8)).total == 5)
    }

    @Test("jobs by owner names them, a user without a name by its number, and why one waits")
    func owners() async throws {
        let server = try serve()
        defer { server.stop() }
        var job = manifest("a.mp4", .pending)
        job.source.owner = 1000
        board.set(job)
        job = manifest("b.mp4", .completed)
        job.source.owner = 4_000_000_001
        board.set(job)
        var share = OwnerShare(
            .user(1000),
            name: "ali\u{1b}ce",
            jobs: JobCounts(counts: [.pending: 1]),
            bytesToday: 3 << 30,
            secondsToday: 600,
            reason: "has had enough"
        )
        board.set(health: HealthReport(fairShare: OwnerShares(by: .owner, [share])))
        let text = try await moments("jobs", "--by", "owner").output
        let expected = [
            "ali\\u{1b}ce: 1 pending; today 3 GB, 10 min", "  ! waits until midnight: it has had enough",
            "  pending      0 %  holiday/a.mp4  arriving", "4000000001: 1 completed",
        ]
        #expect(text.split(separator: "\n").map(String.init).starts(with: expected), "\(text)")
        share = OwnerShare(.user(7), name: "7", jobs: JobCounts(counts: [.processing: 1]))
        board.set(health: HealthReport(fairShare: OwnerShares(by: .owner, [share, share])))
        #expect(try await moments("status").output.contains("  shared    7: 1 processing\n"))
        let wrong = try await moments("jobs", "--by", "size")
        #expect(wrong.exit == .exited(2))
        #expect(wrong.errors.contains("--by cannot be 'size'; allowed: owner"))
    }

    @Test("show reads the manifest beside a file without a daemon, and asks the daemon for an identifier")
    func show() async throws {
        var job = manifest("a.mp4", .failed)
        job.error = JobError(.corruptMedia, "it is\ntorn", detail: "moov")
        let video = ScratchFolder.path.appending("a.mp4")
        try AtomicFile.replace(video, with: [], durable: false)
        let missing = try await moments("show", "\(video)")
        #expect(missing.exit == .exited(1))
        #expect(missing.errors.contains("a.mp4.moments.json"))
        try AtomicFile.replace(
            video.adding(suffix: Manifest.suffix),
            with: try MomentsJSON.document(job),
            durable: false
        )
        let text = try await moments("show", "\(video)")
        #expect(text.output.contains("holiday/a.mp4: failed"))
        #expect(text.output.contains("CorruptMedia: it is\\u{a}torn"))
        #expect(text.output.contains("preset vertical"))
        let json = try await moments("show", "\(video).moments.json", "--json")
        #expect(try MomentsJSON.decode(Manifest.self, from: Data(json.output.utf8)) == job)
        let server = try serve()
        defer { server.stop() }
        board.set(job)
        #expect(try await moments("show", job.jobID).output.contains("holiday/a.mp4: failed"))
        let unknown = try await moments("show", "018bcfe5-6800-7000-8000-000000000000")
        #expect(unknown.errors.contains("there is no job 018bcfe5-6800-7000-8000-000000000000"))
        try AtomicFile.replace(video.adding(suffix: Manifest.suffix), with: "{}".utf8, durable: false)
        #expect(try await moments("show", "\(video)").errors.contains("is no manifest of this version"))
    }

    @Test("events follows until the daemon ends")
    func events() async throws {
        let server = try serve()
        var job = manifest("a.mp4", .pending)
        board.set(job)
        async let following = moments("events")
        while board.listeners == 0 { try await Task.sleep(for: .milliseconds(10)) }
        // The snapshot is read when the stream is first written; only then are the events apart from it.
        try await Task.sleep(for: .milliseconds(100))
        job.begin(at: .now)
        board.set(job)
        _ = job.apply(.stageStarted(.render), at: .now)
        board.set(job, event: .stageStarted(.render))
        board.set(job, event: .shotCompleted(index: 2, count: 9))
        job.pretend(.completed)
        job.message = "9 shots"
        board.set(job)
        try await Task.sleep(for: .milliseconds(100))
        server.stop()
        let run = try await following
        #expect(run.exit == .exited(1))
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 5, "\(run.output)")
        #expect(lines.first?.contains("pending") == true)
        #expect(run.output.contains("holiday/a.mp4 render shot 2 of 9\n"))
        #expect(run.output.contains("holiday/a.mp4 completed: 9 shots\n"))
        #expect(run.errors.contains("the daemon has ended the stream"))
    }
}
