internal import MomentsCore
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSystem
internal import MomentsTestSupport
internal import Testing

@Suite("making a reel and proving it", .scratchFolder, .timeLimit(.minutes(5)))
struct ReelMakerTests {
    private let path = ScratchFolder.path.appending("highlight.mp4")

    private func maker(_ interrupt: Interrupt = Interrupt()) throws -> ReelMaker {
        let clip = try TestMedia.clip("a.mp4", seconds: 6)
        let source = try SourceProbe.open(clip, interrupt: Interrupt())
        let shot = TimeRange(start: .zero, end: source.duration)
        let plan = ReelPlan(shots: [shot], quality: .original, loudness: nil, tags: [:])
        return ReelMaker(plan, of: source, to: path, interrupt: interrupt)
    }

    private func damage() throws {
        let size = Int(try FileStatus.of(path).size)
        let content = try Descriptor.openRegular(path).read(size, at: 0, of: path)
        try AtomicFile.replace(path, with: content.dropLast(size / 4))
    }

    @Test("a reel that passes is the one that was made")
    func passes() throws {
        let maker = try maker()
        let reel = try maker.render(progress: { _ in })
        let proved = try maker.prove(reel, progress: { _ in })
        #expect(proved.reel == reel)
        #expect(proved.verification.failedBefore == nil)
    }

    @Test("a reel that does not pass is made anew without copying, and what was wrong is told")
    func anew() throws {
        let maker = try maker()
        let reel = try maker.render(progress: { _ in })
        #expect(reel.hasCopies)
        try damage()
        let proved = try maker.prove(reel, progress: { _ in })
        #expect(!proved.reel.hasCopies)
        #expect(proved.reel.shots.first?.copy.reason == "a reel with copied pictures did not pass its check")
        #expect(proved.verification.failedBefore != nil)
    }

    @Test("a stop while a reel is read back is no fault of the reel")
    func stopped() throws {
        let interrupt = Interrupt()
        let maker = try maker(interrupt)
        let reel = try maker.render(progress: { _ in })
        interrupt.request()
        let error = try #require(throws: MediaError.self) { _ = try maker.prove(reel, progress: { _ in }) }
        #expect(error.isInterruption)
    }
}
