import FoundationEssentials
import Glibc
import MomentsCore
import MomentsStatus
import MomentsSystem
import MomentsTestSupport
import Testing

/// What one person on the machine can make the socket do to others.
@Suite("the status socket under pressure", .scratchFolder, .timeLimit(.minutes(5)))
struct StatusBoundsTests {
    /// Sends what the server takes.
    private static func send(_ bytes: some Collection<UInt8>, to client: borrowing Descriptor) {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(client.number, $0.baseAddress, $0.count, CInt(0x4000)) }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }

    /// Sends bytes as they are, and gives everything that comes until the server closes or says nothing for a second.
    private func exchange(
        _ bytes: some Collection<UInt8>,
        with fixture: borrowing StatusFixture,
        patience: Double = 1
    ) throws -> String {
        let client = try UnixSocket.connect(fixture.socket, timeout: patience)
        Self.send(bytes, to: client)
        var answer: [UInt8] = []
        while let more = try? client.receive(atMost: 64 << 10, from: fixture.socket), !more.isEmpty { answer += more }
        return String(decoding: answer, as: UTF8.self)
    }

    @Test("questions sent without waiting are all answered, in their order")
    func pipelining() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        let targets = ["/health", "/nothing", "/formats", "/jobs"]
        let questions = targets.map { "GET \($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined()
        let answer = try exchange(questions.utf8, with: fixture)
        let codes = answer.components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) }
        #expect(codes == ["200", "404", "200", "200"])
    }

    @Test("a method that changes things is refused before its body is sent, and a question has none")
    func bodies() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        let head = "Host: x\r\nContent-Length: 100000000\r\n\r\n"
        #expect(try exchange("POST /jobs HTTP/1.1\r\n\(head)".utf8, with: fixture).hasPrefix("HTTP/1.1 405 "))
        #expect(try exchange("GET /jobs HTTP/1.1\r\n\(head)".utf8, with: fixture).hasPrefix("HTTP/1.1 400 "))
    }

    @Test("too long a target gives 414, too large a head 431", arguments: [20_000, 60_000, 1_000_000])
    func large(bytes: Int) throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        let text = String(repeating: "x", count: bytes)
        let target = try exchange("GET /\(text) HTTP/1.1\r\nHost: x\r\n\r\n".utf8, with: fixture)
        #expect(target.hasPrefix("HTTP/1.1 414 "), "\(target.prefix(40))")
        let head = try exchange("GET /health HTTP/1.1\r\nHost: x\r\nX: \(text)\r\n\r\n".utf8, with: fixture)
        #expect(head.hasPrefix("HTTP/1.1 431 "), "\(head.prefix(40))")
        #expect(try fixture.get("/health").code == 200)
    }

    @Test(
        "what hides behind a NUL is seen, and refused",
        arguments: ["/health%00", "/jobs?status=failed%00x", "/jobs/%00"]
    )
    func nul(target: String) throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        #expect([400, 404].contains(try fixture.get(target).code))
    }

    @Test("somebody who takes every place gives way to the next question at once")
    func places() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        var held: [CInt] = []
        defer { for number in held { close(number) } }
        for number in 0..<300 {
            let client = try UnixSocket.connect(fixture.socket, timeout: 5)
            if number % 2 == 0 { Self.send("GET /hea".utf8, to: client) }
            held.append(client.relinquish())
        }
        let begin = MonotonicClock.now
        #expect(try fixture.get("/health").code == 200)
        #expect(MonotonicClock.now - begin < 1)
    }

    @Test("texts are cut where they are shown")
    func texts() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        let long = String(repeating: "🎬", count: 300_000)
        var manifest = StatusFixture.manifest("a.mp4", status: .failed)
        manifest.message = long
        manifest.error = JobError(.corruptMedia, long, detail: "e\u{301}" + long)
        manifest.stages[3].error = long
        fixture.board.set(manifest)
        for target in ["/jobs", "/jobs/\(manifest.jobID)"] {
            let answer = try fixture.get(target)
            #expect(answer.body.count < 20_000)
            #expect(String(decoding: answer.body, as: UTF8.self).contains("🎬…"))
        }
        let shown = try MomentsJSON.decode(Manifest.self, from: try fixture.get("/jobs/\(manifest.jobID)").body)
        #expect(shown.message == String(repeating: "🎬", count: 250) + "…")
        #expect(shown.error?.message == shown.message && shown.stages[3].error == shown.message)
        #expect(shown.error?.detail.utf8.count ?? 0 <= 4003)
    }

    @Test("an answer has an end, and says where the next one begins")
    func largeAnswers() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        let output = JobResult.Output(kind: "shot", path: String(repeating: "x", count: 200), bytes: 1, sha256: "y")
        let outputs = [JobResult.Output](repeating: output, count: 1000)
        for number in 0..<60 {
            var manifest = StatusFixture.manifest("\(number).mp4", status: .completed, second: Int64(number))
            manifest.result = JobResult(outputs: outputs, inputDuration: 1, outputDuration: 1, segmentsSelected: 1)
            fixture.board.set(manifest)
        }
        let question = "GET /jobs?limit=60 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        let answer = try exchange(question.utf8, with: fixture, patience: 20)
        #expect(answer.utf8.count < 9 << 20)
        let limit = try #require(answer.suffix(60).split(separator: "\n").first { $0.contains("\"limit\"") })
        let count = try #require(Int(limit.filter(\.isNumber)))
        #expect((1..<60).contains(count))
        #expect(answer.hasSuffix("\"total\" : 60\n}\n"))
    }

    private struct Page: Decodable {
        let jobs: [Manifest]
        let total: Int
        let limit: Int
    }

    @Test("a page of ten thousand jobs takes as long as one of a hundred")
    func speed() throws {
        let fixture = try StatusFixture()
        defer { fixture.server.stop() }
        let statuses = JobStatus.allCases
        for number in 0..<10_000 {
            let status = statuses[number % statuses.count]
            fixture.board.set(
                StatusFixture.manifest("\(number).mp4", status: status, second: Int64(number * 7919 % 10_000))
            )
        }
        for target in ["/jobs?limit=100", "/jobs?limit=100&status=failed,completed", "/health"] {
            _ = try fixture.get(target)
            let times = try (0..<10).map { _ in
                let begin = MonotonicClock.now
                _ = try fixture.get(target)
                return MonotonicClock.now - begin
            }
            // A tenth of what sorting ten thousand takes without the optimiser.
            #expect((times.min() ?? 1) < 0.03, "\(target)")
        }
        let page = try MomentsJSON.decode(
            Page.self,
            from: try fixture.get("/jobs?limit=200&status=failed,completed").body
        )
        #expect(page.jobs.map(\.jobID) == page.jobs.map(\.jobID).sorted(by: >))
        #expect(page.total == (0..<10_000).count { [.failed, .completed].contains(statuses[$0 % statuses.count]) })
        #expect(Set(page.jobs.map(\.status)) == [.failed, .completed])
    }
}
