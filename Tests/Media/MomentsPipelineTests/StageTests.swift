import MomentsCore
import MomentsMedia
import MomentsSystem
import MomentsTestSupport
import Testing

@testable import MomentsPipeline

@Suite("stages between their events", .scratchFolder, .timeLimit(.minutes(5)))
struct StageTests {
    /// A stage that gives the title it sees, or an error.
    private struct Titled: JobStage, Sendable {
        static let stage = Stage.stills
        static let failure = StageFailure(kind: .renderFailed) { "\($0) has no title." }
        static let options = [StageOption(\.title)]
        var fails = false

        func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> [String] {
            if fails { throw MediaError.unfit("it is a test") }
            progress(1)
            return [context.spec.options.title ?? "", context.spec.options.endCard ?? "none"]
        }
    }

    private func context(_ report: @escaping (JobEvent) -> Void = { _ in }) throws -> StageContext {
        let clip = try TestMedia.clip("a.mp4", seconds: 2)
        let spec = JobSpec(
            jobID: "x",
            source: clip,
            name: clip.name,
            staging: ScratchFolder.path,
            options: JobOptions(endCard: "The end", title: "A day"),
            models: ["/models"],
            isWary: true,
            transcript: "/in/a.srt",
            learns: true,
            rehearses: true,
            preset: "family"
        )
        return StageContext(
            spec: spec,
            video: try ProbeStage.run(spec, interrupt: Interrupt(), progress: { _ in }),
            staging: StagingFolder(spec.staging),
            interrupt: Interrupt(),
            report: report
        )
    }

    @Test("a stage sees the options it names, and no others")
    func options() throws {
        var events: [JobEvent] = []
        let runner = StageRunner("a.mp4", interrupt: Interrupt()) { events.append($0) }
        #expect(try runner.run(Titled(), in: context()) == ["A day", "none"])
        #expect(events == [.stageStarted(.stills), .progress(.stills, share: 1), .stageCompleted(.stills)])
    }

    @Test("a stage sees all of its job but the options of others")
    func job() throws {
        let whole = try context()
        var own = whole.narrowed(to: Titled.options).spec
        #expect(own.options.endCard == nil && own.options.title == "A day")
        own.options = whole.spec.options
        #expect(try MomentsJSON.line(own) == MomentsJSON.line(whole.spec))
    }

    @Test(
        "a task begun beside another stage gives its value, or its error, when its turn comes",
        arguments: [true, false]
    )
    func beside(_ isStarted: Bool) throws {
        let context = try context()
        let runner = StageRunner("a.mp4", interrupt: Interrupt()) { _ in }
        let (good, bad) = (BesideTask(Titled(), in: context), BesideTask(Titled(fails: true), in: context))
        if isStarted {
            good.start()
            good.start()
            bad.start()
        }
        #expect(try runner.run(good, in: context) == ["A day", "none"])
        #expect(throws: MediaError.unfit("it is a test")) { _ = try runner.run(bad, in: context) }
        #expect(runner.current == .stills)
    }

    @Test("progress passes at every half percent, and again when something is done anew")
    func throttle() {
        let throttle = Throttle()
        var told: [Double] = []
        for share in [0, 0.001, 0.5, 0.502, 0.999, 1, 1, 0.2, 1] { throttle.pass(share) { told.append(share) } }
        #expect(told == [0, 0.5, 0.999, 1, 0.2, 1])
    }

    @Test("what an error means for the job is one sentence with the file's name")
    func errors() {
        let errors: [any Error] = [
            MediaError.unfit("it is a test"), MediaError.nothingDecodes(nil), MediaError.interrupted("read", "it"),
            SystemError("write", "a", code: 28), EndOfTest(),
        ]
        let told = errors.map { JobError($0, as: Titled.failure, of: "a.mp4") }
        #expect(told.allSatisfy { $0.message.contains("'a.mp4'") && $0.message.hasSuffix(".") })
        #expect(told[0].kind == .renderFailed)
        #expect(told[1].kind == .decodeFailed)
        #expect(told[2].kind == .interrupted)
        #expect(told[3].kind == .outOfSpace)
        #expect(told[4].message == "'a.mp4' has no title.")
    }

    private struct EndOfTest: Error {}
}
