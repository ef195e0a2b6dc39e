import FoundationEssentials
import Glibc
import MomentsCore
import MomentsStatus
import MomentsSystem
import MomentsTestSupport
import Testing

/// What workers tell, what stands in manifests, and what is asked.
@Suite("events, manifests and questions of any bytes", .scratchFolder, .timeLimit(.minutes(30)))
struct StatusFuzzTests {
    private static let media = MediaInfo(
        duration: 5,
        width: 160,
        height: 90,
        rotation: 0,
        frameRate: Rational(25, 1),
        totalFrames: 125,
        videoCodec: "h264",
        audioCodec: nil,
        container: "mov",
        bitRate: 1000,
        capturedAt: Timestamp(milliseconds: 0)
    )
    private static let result = JobResult(
        outputs: [JobResult.Output(kind: "highlight", path: "highlight.mp4", bytes: 5, sha256: "x")],
        inputDuration: 5,
        outputDuration: 3,
        segmentsSelected: 2
    )

    @Test("events")
    func events() throws {
        let events: [JobEvent] = [
            .started(version: "1", pid: 1, sandbox: "x"), .stageStarted(.probe), .progress(.analyze, share: 0.5),
            .media(Self.media), .shotCompleted(index: 1, count: 2), .note("n"), .completed(Self.result),
            .failed(.render, JobError(.renderFailed, "no")), .stageCompleted(.verify),
        ]
        var mutants = Mutants(
            of: try events.map { [UInt8](try MomentsJSON.line($0)) },
            words: ["\"", "{", "}", ",", "\\"]
        )
        let board = StatusBoard(version: "1")
        var job = StatusFixture.manifest("a.mp4")
        try mutants.each("events") { bytes in
            guard let event = try? MomentsJSON.decode(JobEvent.self, from: Data(bytes)) else { return }
            _ = job.apply(event, at: .now)
            board.set(job, event: event)
            #expect((0...100).contains(job.progress))
            if job.status.isFinal { job.begin(at: .now) }
        }
        // What was taken can be written and read again.
        let text = try MomentsJSON.document(job)
        _ = try MomentsJSON.decode(Manifest.self, from: text)
    }

    @Test("manifests")
    func manifests() throws {
        var job = StatusFixture.manifest("a.mp4", status: .failed)
        job.begin(at: .now)
        job.media = Self.media
        job.config.segments = [RequestedRange(start: 1, end: 2)]
        job.nextAttemptAt = .now
        let failed = job
        job.complete(Self.result, folder: "a", at: .now)
        var mutants = Mutants(
            of: try [job, failed].map { [UInt8](try MomentsJSON.line($0)) },
            words: ["\"", "{", "}", ",", "../", "\\u0000"]
        )
        let board = StatusBoard(version: "1")
        try mutants.each("manifests") { bytes in
            guard var read = try? MomentsJSON.decode(Manifest.self, from: Data(bytes)) else { return }
            board.set(read)
            read.begin(at: .now)
            read.fail(JobError(.interrupted, "x"), in: .probe, at: .now)
            _ = read.nextAttemptAt?.seconds(since: .now)
            _ = read.nextAttemptAt?.adding(seconds: 1e300)
            for range in read.config.segments { _ = range.range }
            board.set(read)
            board.remove(jobID: read.jobID)
        }
    }

    @Test("questions")
    func questions() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        fixture.board.set(StatusFixture.manifest("a.mp4", status: .completed))
        let heads = [
            "GET /jobs?status=failed,completed&limit=20&offset=1 HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /jobs?page=2&page_size=7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "HEAD /jobs/018bcfe5-6800-7000-8000-000000000000 HTTP/1.0\r\n\r\n",
            "POST /health%20x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc",
        ]
        var mutants = Mutants(
            of: heads.map { Array($0.utf8) },
            words: ["%", "%00", "%ff", "&", "=", "?", "/", "..", "\r\n", " ", "\0", "Transfer-Encoding: chunked\r\n"]
        )
        // What is not a whole question is waited for; nobody here has the time.
        try mutants.each("questions") { bytes in
            guard let client = try? UnixSocket.connect(fixture.socket, timeout: 0.02) else { return }
            _ = bytes.withUnsafeBytes { send(client.number, $0.baseAddress, $0.count, CInt(0x4000)) }
            shutdown(client.number, CInt(SHUT_WR))
            _ = try? client.receive(atMost: 64 << 10, from: fixture.socket)
        }
        #expect(try fixture.get("/health").code == 200)
    }
}
