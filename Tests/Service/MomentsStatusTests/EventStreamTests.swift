import FoundationEssentials
import MomentsCore
import MomentsStatus
import MomentsSystem
import MomentsTestSupport
import Testing

private struct Body: Decodable {
    let job_id: String
    let status: JobStatus
    let progress: Double
    let stage: Stage?
    let index: Int?
    let error: JobError?
}

private struct Connected: Decodable {
    let version: String
    let jobs: [Manifest]
    let lost: Int
    let counts: [String: Int]
}

@Suite("event streams", .scratchFolder, .timeLimit(.minutes(5)))
struct EventStreamTests {
    @Test("a stream begins with a snapshot and tells a job's whole story in order")
    func story() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        fixture.board.set(StatusFixture.manifest("old.mp4", status: .completed))
        var job = StatusFixture.manifest("a.mp4", status: .pending)
        fixture.board.set(job)
        var reader = try EventReader("/events", fixture.socket)
        let first = try #require(try reader.next())
        #expect(first.name == "connected")
        let connected = try MomentsJSON.decode(Connected.self, from: Data(first.data.utf8))
        #expect(connected.jobs == [job])
        #expect(connected.counts["completed"] == 1)
        #expect(connected.lost == 0)
        #expect(fixture.board.listeners == 1)

        let now = Timestamp.now
        job.begin(at: now)
        fixture.board.set(job)
        let events: [JobEvent] = [
            .stageStarted(.render), .progress(.render, share: 0.5), .shotCompleted(index: 1, count: 2),
            .stageCompleted(.render), .note("careful"),
        ]
        for event in events {
            _ = job.apply(event, at: now)
            fixture.board.set(job, event: event)
        }
        job.fail(JobError(.decodeFailed, "it is broken"), in: .render, at: now)
        fixture.board.set(job, event: .failed(.render, JobError(.decodeFailed, "it is broken")))
        var names: [String] = []
        var bodies: [Body] = []
        for _ in 0..<7 {
            let event = try #require(try reader.next())
            names.append(event.name)
            bodies.append(try MomentsJSON.decode(Body.self, from: Data(event.data.utf8)))
        }
        #expect(names == ["progress", "stage", "progress", "shot_complete", "stage", "progress", "error"])
        #expect(bodies.allSatisfy { $0.job_id == job.jobID })
        #expect(bodies[0].status == .processing)
        #expect(bodies[1].stage == .render)
        #expect(bodies[3].index == 1)
        #expect(bodies[6].error?.kind == .decodeFailed)
        #expect(bodies.map(\.progress) == bodies.map(\.progress).sorted())
    }

    @Test("a job's own stream tells of that job only, and a completed job ends with job_complete")
    func oneJob() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        var mine = StatusFixture.manifest("mine.mp4")
        fixture.board.set(mine)
        var reader = try EventReader("/jobs/\(mine.jobID)/events", fixture.socket)
        let first = try #require(try reader.next())
        #expect(try MomentsJSON.decode(Connected.self, from: Data(first.data.utf8)).jobs == [mine])
        var other = StatusFixture.manifest("other.mp4", second: 1)
        fixture.board.set(other)
        other.pretend(.completed)
        fixture.board.set(other)
        mine.pretend(.completed)
        fixture.board.set(mine)
        let event = try #require(try reader.next())
        #expect(event.name == "job_complete")
        #expect(event.data.contains(mine.jobID))
    }

    @Test("a quiet stream is kept alive by comments, and a listener who left is forgotten")
    func keepAlive() throws {
        let fixture = try StatusFixture(keepAlive: .milliseconds(100))
        defer { fixture.server.stop() }
        var other = try EventReader("/events", fixture.socket)
        _ = try other.next()
        do {
            var reader = try EventReader("/events", fixture.socket)
            _ = try reader.next()
            #expect(try reader.next()?.comment == " still here")
            #expect(try reader.next()?.comment == " still here")
        }
        // Who has left is found out when there is something to tell: those who stay hear that as well.
        for _ in 0..<50 where fixture.board.listeners > 1 { #expect(try other.next()?.comment == " still here") }
        #expect(fixture.board.listeners == 1)
    }

    @Test("a listener who does not read never holds up the board, and learns what was lost")
    func slowListener() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        var job = StatusFixture.manifest("a.mp4")
        job.message = String(repeating: "x", count: 900)
        fixture.board.set(job)
        var reader = try EventReader("/events", fixture.socket)
        #expect(try reader.next()?.name == "connected")
        let clock = ContinuousClock()
        let time = clock.measure {
            for step in 0..<2000 {
                _ = job.apply(.progress(.render, share: Double(step) / 2000), at: .now)
                fixture.board.set(job, event: .progress(.render, share: 0))
            }
        }
        #expect(time < .seconds(5))
        job.pretend(.completed)
        fixture.board.set(job)
        var lost = 0
        var last = 0
        while let event = try reader.next() {
            let number = Int(event.id) ?? 0
            #expect(number >= last)
            last = number
            if event.name == "connected" {
                lost += try MomentsJSON.decode(Connected.self, from: Data(event.data.utf8)).lost
            }
            if last == 2002 { break }
        }
        #expect(lost > 0)
        #expect(last == 2002)
    }

    @Test("stopping ends streams that sleep")
    func stop() throws {
        let fixture = try StatusFixture()
        var reader = try EventReader("/events", fixture.socket)
        #expect(try reader.next()?.name == "connected")
        fixture.server.stop()
        #expect(try reader.next() == nil)
    }

    @Test("too many listeners of one user are refused, and short questions still answered")
    func tooMany() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        var sockets: [CInt] = []
        defer { for socket in sockets { _ = Descriptor(taking: socket) } }
        for _ in 0..<24 {
            let socket = try UnixSocket.connect(fixture.socket)
            try socket.write(Array("GET /events HTTP/1.1\r\nHost: x\r\n\r\n".utf8), to: fixture.socket)
            sockets.append(socket.relinquish())
        }
        while fixture.board.listeners < 24 { try #require(try fixture.get("/health").code == 200) }
        #expect(try fixture.get("/events").code == 503)
        #expect(try fixture.get("/health").code == 200)
    }
}
