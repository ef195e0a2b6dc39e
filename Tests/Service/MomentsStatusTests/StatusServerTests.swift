import FoundationEssentials
import Glibc
import MomentsCore
import MomentsStatus
import MomentsSystem
import MomentsTestSupport
import Testing

private struct Refusal: Decodable {
    let error: String
    let allowed: [String]?
}

private struct Jobs: Decodable {
    let jobs: [Manifest]
    let total: Int
    let limit: Int
    let offset: Int
}

@Suite("the status socket", .scratchFolder, .timeLimit(.minutes(5)))
struct StatusServerTests {
    @Test("health tells condition, reasons, version, listeners and jobs by status")
    func health() throws {
        struct Health: Decodable {
            let status: String
            let reasons: [String]
            let version: String
            let uptime: Double
            let listeners: Int
            let active_jobs: Int
            let jobs: [String: Int]
            let watch: [HealthReport.Watch]
            let free_space: HealthReport.FreeSpace
        }
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        fixture.board.set(StatusFixture.manifest("a.mp4"))
        let watch = HealthReport.Watch(folder: "/srv/in", mode: "poll", reason: "NFS")
        fixture.board.set(
            health: HealthReport(status: .degraded, reasons: ["the outbox is full"], watch: [watch], activeJobs: 1)
        )
        let health = try fixture.json("/health", as: Health.self)
        #expect(health.status == "degraded")
        #expect(health.reasons == ["the outbox is full"])
        #expect(health.version == "9.9")
        #expect(health.uptime >= 0)
        #expect(health.listeners == 0)
        #expect(health.active_jobs == 1)
        #expect(
            health.jobs == ["uploading": 0, "pending": 0, "processing": 1, "completed": 0, "failed": 0, "cancelled": 0]
        )
        #expect(health.watch == [watch])
        #expect(health.free_space == HealthReport.FreeSpace())
        #expect(try fixture.get("/health").code == 200)
        fixture.board.set(health: HealthReport(status: .unhealthy))
        #expect(try fixture.get("/health").code == 503)
    }

    @Test("jobs are listed newest first, by status, in pages")
    func jobs() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        let all = (0..<30).map {
            StatusFixture.manifest("\($0).mp4", status: $0 % 3 == 0 ? .failed : .completed, second: Int64($0))
        }
        for manifest in all { fixture.board.set(manifest) }
        let newest: Jobs = try fixture.json("/jobs")
        #expect(newest.total == 30)
        #expect(newest.jobs == all.reversed())
        let failed: Jobs = try fixture.json("/jobs?status=failed&limit=4&offset=1")
        #expect(failed.total == 10)
        #expect(failed.jobs.map(\.source.name) == ["24.mp4", "21.mp4", "18.mp4", "15.mp4"])
        let page: Jobs = try fixture.json("/jobs?page=3&page_size=7")
        #expect(page.jobs == Array(all.reversed()[14..<21]))
        #expect(try fixture.json("/jobs?status=failed,completed", as: Jobs.self).total == 30)
        #expect(try fixture.json("/jobs?offset=1000", as: Jobs.self).jobs.isEmpty)
        let one: Manifest = try fixture.json("/jobs/\(all[5].jobID)")
        #expect(one == all[5])
        fixture.board.remove(jobID: all[5].jobID)
        #expect(try fixture.get("/jobs/\(all[5].jobID)").code == 404)
    }

    @Test(
        "what cannot be answered says what is allowed",
        arguments: [
            ("/jobs?status=done", 400, "status cannot be 'done'", "uploading"),
            ("/jobs?status=", 400, "status cannot be ''", "failed"),
            ("/jobs?limit=0", 400, "limit cannot be '0'", "a whole number from 1 to 1000"),
            ("/jobs?limit=-1", 400, "limit cannot be '-1'", "a whole number from 1 to 1000"),
            ("/jobs?offset=99999999999999999999", 400, "offset cannot be", "a whole number from 0 to 1000000000"),
            ("/jobs?state=failed", 400, "'state' is not known", "status"),
            ("/jobs?limit=1&limit=2", 400, "'limit' is there twice", ""),
            ("/jobs?limit=1&page_size=2", 400, "give either limit and offset", ""),
            ("/jobs?limit=%1b%5b31m", 400, "'\\u{1b}[31m'", "a whole number from 1 to 1000"),
            ("/jobs/1", 400, "'1' is no job identifier", ""),
            ("/jobs/..%2f..%2fetc%2fpasswd", 404, "nothing at", "/health"),
            ("/jobs/018bcfe5-6800-7000-8000-000000000000", 404, "there is no job", ""),
            ("/health?x=1", 400, "takes no parameters", ""),
            ("/", 404, "nothing at /", "/metrics"),
            ("/%ff%00", 404, "nothing at", "/health"),
            ("/" + String(repeating: "x", count: 2000), 414, "too long", ""),
        ]
    )
    func refusals(target: String, code: Int, error: String, allowed: String) throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        let answer = try fixture.get(target)
        #expect(answer.code == code)
        let refusal = try MomentsJSON.decode(Refusal.self, from: answer.body)
        #expect(refusal.error.contains(error), "\(refusal.error)")
        #expect(allowed.isEmpty || refusal.allowed?.contains(allowed) == true, "\(String(describing: refusal.allowed))")
    }

    @Test("a request larger than its bounds is refused, and the server goes on")
    func tooLong() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        #expect(try fixture.get("/" + String(repeating: "x", count: 60_000)).code >= 400)
        #expect(try fixture.get("/health").code == 200)
    }

    @Test("clients that take every place and ask nothing lose it soon, and others are answered")
    func halfOpen() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        var held: [CInt] = []
        defer { for number in held { close(number) } }
        for number in 0..<300 {
            let client = try UnixSocket.connect(fixture.socket, timeout: 5)
            if number % 2 == 0 { try client.write(Array("GET /hea".utf8), to: fixture.socket) }
            held.append(client.relinquish())
        }
        let begin = MonotonicClock.now
        #expect(try LocalHTTP(get: "/health", from: fixture.socket, timeout: 30).code == 200)
        #expect(MonotonicClock.now - begin < 20)
    }

    @Test("only looking is allowed", arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
    func methods(method: String) throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        let answer = try LocalHTTP(get: "/jobs", from: fixture.socket, method: method)
        #expect(answer.code == 405)
        #expect(answer.header("Allow") == "GET, HEAD")
    }

    @Test("HEAD gives the headers alone, also of a stream")
    func head() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        for target in ["/health", "/events"] {
            let answer = try LocalHTTP(get: target, from: fixture.socket, method: "HEAD")
            #expect(answer.code == 200)
            #expect(answer.header("Cache-Control") == "no-store")
            #expect(answer.header("X-Content-Type-Options") == "nosniff")
            #expect(answer.header("Content-Type") == (target == "/health" ? "application/json" : "text/event-stream"))
            let body = try answer.content()
            #expect(body.isEmpty)
        }
        #expect(fixture.board.listeners == 0)
    }

    @Test("formats, presets and models come from the catalog")
    func catalog() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        var options = JobOptions()
        options.targetDuration = 12
        fixture.board.set(
            catalog: ServiceCatalog(
                presets: [ServiceCatalog.Preset(name: "short", options: options)],
                defaultPreset: "short"
            )
        )
        let formats = String(decoding: try fixture.get("/formats").body, as: UTF8.self)
        #expect(formats.contains("\"mkv\"") && formats.contains("\"max_size\" : 68719476736"))
        let presets = String(decoding: try fixture.get("/presets").body, as: UTF8.self)
        #expect(presets.contains("\"default_style\" : \"modern\"") && presets.contains("\"base\" : \"energetic\""))
        #expect(presets.contains("\"target_duration\" : 12") && presets.contains("\"default\" : \"short\""))
        let models = String(decoding: try fixture.get("/models").body, as: UTF8.self)
        #expect(models.contains("\"shots\"") && models.contains("\"available\" : true"))
    }

    @Test("metrics count what happened since the start, not what was over before")
    func metrics() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        fixture.board.set(StatusFixture.manifest("old.mp4", status: .completed))
        var manifest = StatusFixture.manifest("new.mp4")
        fixture.board.set(manifest)
        manifest.pretend(.completed)
        manifest.processingTime = 2.5
        let began = Timestamp(milliseconds: 1_700_000_000_000)
        manifest.stages[0].startedAt = began
        manifest.stages[0].completedAt = began.adding(seconds: 1.5)
        fixture.board.set(manifest)
        fixture.board.set(health: HealthReport(freeSpace: HealthReport.FreeSpace(outbox: 4)))
        fixture.board.set(freeSpace: { HealthReport.FreeSpace(outbox: 5) })
        let answer = try LocalHTTP(get: "/metrics", from: fixture.socket)
        #expect(answer.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        let text = String(decoding: try answer.content(), as: UTF8.self)
        for line in [
            "momentsd_jobs{status=\"completed\"} 2.0", "momentsd_jobs_finished_total{status=\"completed\"} 1.0",
            "momentsd_processing_seconds_total 2.5", "momentsd_free_bytes{folder=\"outbox\"} 5.0",
            "momentsd_health{status=\"healthy\"} 1.0", "momentsd_build_info{version=\"9.9\"} 1.0",
            "# TYPE momentsd_stage_seconds histogram", "momentsd_stage_seconds_bucket{stage=\"probe\",le=\"1.0\"} 0",
            "momentsd_stage_seconds_bucket{stage=\"probe\",le=\"2.0\"} 1",
            "momentsd_stage_seconds_bucket{stage=\"probe\",le=\"+Inf\"} 1",
            "momentsd_stage_seconds_sum{stage=\"probe\"} 1.5",
            "momentsd_stage_seconds_count{stage=\"probe\"} 1", "momentsd_arrival_seconds_count 0",
        ] { #expect(text.contains(line + "\n"), "\(line)") }
    }

    @Test("a socket nobody listens on is replaced, one in use is not, and other files are left alone")
    func staleSocket() throws {
        let fixture = try StatusFixture()
        let other = StatusBoard(version: "2")
        let error = try #require(throws: SystemError.self) {
            _ = try StatusServer(board: other, socket: fixture.socket, mode: 0o600, group: nil)
        }
        #expect("\(error)".contains("Address already in use"))
        fixture.server.stop()
        #expect(throws: SystemError.self) { try FileStatus.of(fixture.socket) }
        // What a killed process leaves: the socket's file without anybody behind it.
        _ = try UnixSocket.listen(fixture.socket, mode: 0o600, group: nil)
        let server = try StatusServer(board: other, socket: fixture.socket, mode: 0o666, group: nil)
        #expect(try fixture.get("/health").code == 200)
        server.stop()
        server.stop()
        try AtomicFile.replace(fixture.socket, with: [], durable: false)
        #expect(throws: SystemError.self) {
            _ = try StatusServer(board: other, socket: fixture.socket, mode: 0o600, group: nil)
        }
        #expect(try FileStatus.of(fixture.socket).kind == .regular)
        #expect(throws: SystemError.self) {
            _ = try StatusServer(board: other, socket: "/tmp/x.sock", mode: 0o600, group: "no such group")
        }
    }

    @Test("a listening socket that is handed over is used as it is, and its file stays")
    func handedOver() throws {
        let path = ScratchFolder.path.appending("given.sock")
        let listening = try UnixSocket.listen(path, mode: 0o600, group: nil)
        let server = try StatusServer(
            board: StatusBoard(version: "3"),
            socket: "/nonexistent/s.sock",
            mode: 0,
            group: nil,
            listening: listening.relinquish()
        )
        #expect(try LocalHTTP(get: "/health", from: path).code == 200)
        server.stop()
        #expect(try FileStatus.of(path).kind == .special)
    }
}
