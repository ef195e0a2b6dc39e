import MomentsCore
import MomentsWorkers
import Testing

@Suite("what a worker says, and how much of it")
struct WorkerSpeechTests {
    private let start = Moment.now

    private func line(_ event: JobEvent) throws -> [UInt8] { [UInt8](try MomentsJSON.line(event)) }

    @Test("events are told in their order, the last one is kept, and what is no event is passed over")
    func events() throws {
        var speech = WorkerSpeech(WorkerLimits(), at: start)
        let failure = JobEvent.failed(.probe, JobError(.corruptMedia, "it is torn"))
        let said = try line(.stageStarted(.probe)) + Array("no event\n\n".utf8) + line(failure)
        let halves = (Array(said.prefix(10)), Array(said.dropFirst(10)))
        #expect(speech.hear(halves.0, at: start) == [])
        #expect(speech.hear(halves.1, at: start) == [.tell(.stageStarted(.probe))])
        #expect(speech.last == failure)
    }

    @Test("progress is told four times a second at most")
    func progress() throws {
        var speech = WorkerSpeech(WorkerLimits(), at: start)
        var told = 0
        for step in 0..<1000 {
            let piece = try line(.progress(.render, share: Double(step) / 1000))
            for action in speech.hear(piece, at: start + .milliseconds(step * 4)) {
                if case .tell = action { told += 1 }
            }
        }
        #expect((15...17).contains(told))
    }

    @Test("a text is cut, so that notes of a megabyte fill no journal")
    func notes() throws {
        var speech = WorkerSpeech(WorkerLimits(), at: start)
        let actions = speech.hear(try line(.note(String(repeating: "x", count: 900_000))), at: start)
        #expect(actions == [.tell(.note(String(repeating: "x", count: 2000)))])
    }

    @Test("every text is cut by its bytes, also one letter with accents without end")
    func accents() throws {
        var speech = WorkerSpeech(WorkerLimits(), at: start)
        let long = "1" + String(repeating: "\u{301}", count: 100_000)
        for event in [.note(long), .stageSkipped(.subjects, reason: long)] as [JobEvent] {
            let actions = speech.hear(try line(event), at: start)
            guard case .tell(let told)? = actions.first else { throw CancellationError() }
            #expect(try line(told).count < 3000)
        }
        _ = speech.hear(try line(.failed(.probe, JobError(.corruptMedia, long, detail: long))), at: start)
        #expect(try line(try #require(speech.last)).count < 6000)
    }

    @Test(
        "one that floods is read so far in a second, and ended by name when it goes on",
        arguments: [#"{"event":"note","text":"x"}"#, "", "no event"]
    )
    func flood(said: String) {
        var limits = WorkerLimits()
        limits.linesPerJob = 20_000
        var speech = WorkerSpeech(limits, at: start)
        let piece = Array(String(repeating: said + "\n", count: 2000).utf8)
        var (now, pauses) = (start, 0)
        var end: String?
        while end == nil, pauses < 1000 {
            for action in speech.hear(piece, at: now) {
                if case .pause(let until) = action {
                    pauses += 1
                    now = until
                }
                if case .end(let excess) = action { end = excess }
            }
        }
        #expect(end == "more than 20000 lines")
        #expect(pauses >= 9)
        // Nothing is heard of it any more.
        #expect(speech.hear(piece, at: now) == [])
    }

    @Test("a line without an end, and more bytes than a worker can have to say, end it by name")
    func bytes() {
        var endless = WorkerSpeech(WorkerLimits(), at: start)
        let piece = [UInt8](repeating: 0x78, count: 64 << 10)
        for _ in 0..<20 { _ = endless.hear(piece, at: start) }
        #expect(endless.finish(at: start) == [.end("a line of more than 1024 KiB")])
        var limits = WorkerLimits()
        limits.bytesPerJob = 1 << 20
        var verbose = WorkerSpeech(limits, at: start)
        var last: [WorkerSpeech.Action] = []
        for _ in 0..<16 { last = verbose.hear(piece + [0x0a], at: start) }
        #expect(last == [.end("more than 1 MiB")])
    }

    @Test("complaints are passed on as fast as a journal bears, and it is said how many were left out")
    func complaints() {
        var speech = WorkerSpeech(WorkerLimits(), at: start)
        let flood = Array(String(repeating: "it hurts\n", count: 5000).utf8)
        let first = speech.hearErrors(flood, at: start)
        #expect(first.count == 100)
        let later = speech.hearErrors(Array("again\n".utf8), at: start + .seconds(2))
        #expect(later == [.complain("(4900 more lines are left out)"), .complain("again")])
        #expect(speech.complaints.count == 12)
        #expect(speech.complaints.last == "again")
    }

    @Test("one that floods its standard error is read half a megabyte a second, and its output as before")
    func floodOfErrors() throws {
        var speech = WorkerSpeech(WorkerLimits(), at: start)
        let piece = [UInt8](repeating: 0x0a, count: 64 << 10)
        for _ in 0..<7 { #expect(speech.hearErrors(piece, at: start) == []) }
        #expect(speech.hearErrors(piece, at: start) == [.pauseErrors(until: start + .seconds(1))])
        #expect(speech.hear(try line(.note("well")), at: start) == [.tell(.note("well"))])
        #expect(speech.hearErrors(piece, at: start + .seconds(1)) == [])
    }
}
