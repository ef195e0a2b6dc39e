import MomentsCore
import MomentsWorkers
import Testing

@Suite("what a worker asks of others")
struct WorkerRequestsTests {
    private func line(_ step: WorkerRequests.Step?) async -> String? {
        switch step {
        case .answer(let line): String(decoding: line, as: UTF8.self)
        case .wait(let reply): String(decoding: await reply(), as: UTF8.self)
        case .ignore, .end, nil: nil
        }
    }

    @Test("what is no question is nobody's to answer")
    func others() {
        var requests = WorkerRequests(WorkerHelp())
        for event in [JobEvent.note("x"), .stageStarted(.probe), .shotCompleted(index: 1, count: 2)] {
            let steps = [requests.take(event, isFree: true), requests.take(event, isFree: false)]
            #expect(steps.allSatisfy { $0 == nil })
        }
    }

    @Test("where nobody is there it is told so at once, and where somebody is that one's answer is waited for")
    func answers() async throws {
        var alone = WorkerRequests(WorkerHelp())
        guard case .answer = alone.take(.recording("a.wav"), isFree: true) else { throw CancellationError() }
        let refusal = alone.take(.question("q.json"), isFree: true)
        #expect(await line(refusal)?.contains("there is none") == true)
        var help = WorkerHelp()
        help.transcriber = { TranscriptReply("WEBVTT of \($0.text)") }
        var helped = WorkerRequests(help)
        let step = helped.take(.recording("a.wav"), isFree: true)
        guard case .wait = step else { throw CancellationError() }
        #expect(await line(step)?.contains("WEBVTT of a.wav") == true)
    }

    @Test("one that does not wait for its answer is not heard, and one that asks without end is ended")
    func bounds() {
        var requests = WorkerRequests(WorkerHelp())
        for _ in 0..<100 {
            guard case .ignore = requests.take(.question("q.json"), isFree: false) else {
                Issue.record("it was heard")
                return
            }
        }
        var asked = 0
        while asked < 100, case .answer = requests.take(.question("q.json"), isFree: true) { asked += 1 }
        #expect(asked == WorkerRequests.mostQuestions)
        guard case .end(let what) = requests.take(.question("q.json"), isFree: true) else {
            Issue.record("it may go on")
            return
        }
        #expect(what == "more than 5 questions")
    }
}
