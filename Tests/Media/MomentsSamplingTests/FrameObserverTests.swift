import MomentsAnalysis
import MomentsCore
import MomentsMedia
import MomentsSampling
import MomentsTestSupport
import Testing

/// What every observer may rely on, in every pass.
@Suite("observing frames", .scratchFolder, .timeLimit(.minutes(5)))
struct FrameObserverTests {
    private static let requests = [
        FrameRequest(longSide: 96, form: .luma, framesPerMinute: 3600),
        FrameRequest(longSide: 96, form: .rgb, framesPerMinute: 10),
        FrameRequest(longSide: 64, form: .planar, passes: [.keyframes], framesPerMinute: 120),
        FrameRequest(longSide: 96, form: .planar, passes: [.segments, .full], framesPerMinute: 300),
    ]

    private func run(
        _ source: MediaSource,
        _ mode: AnalysisMode,
        _ observers: [RecordingObserver]
    ) throws -> SamplingResult {
        let miss = TimeRange(start: MediaTime(ticks: 24, timescale: 1), end: MediaTime(ticks: 27, timescale: 1))
        return try Sampler(source, observers: observers, interrupt: Interrupt()).run(mode, progress: { _ in }) { _ in
            ReelProposal(shots: [.init(range: SampleMedia.lively, score: 1)], nearMisses: [miss])
        }
    }

    /// When each frame is shown, by the container.
    private func times(_ source: MediaSource) -> [MediaTime] {
        source.track.entries.map { MediaTime(timestamp: $0.pts, base: source.video.timeBase) - source.origin }.sorted()
    }

    @Test(
        "frames come once, one at a time, small and upright, with their own times and numbers, and never too many",
        arguments: SampleMedia.allCases,
        [AnalysisMode.auto, .full]
    )
    func contract(_ media: SampleMedia, _ mode: AnalysisMode) throws {
        let source = try SourceProbe.open(media.make(), interrupt: Interrupt())
        let times = times(source)
        let observers = Self.requests.map(RecordingObserver.init)
        let result = try run(source, mode, observers)
        #expect(result.isOfAll == (mode == .full), "\(result.reason)")
        for observer in observers {
            let (request, frames) = (observer.request, observer.frames)
            #expect(!observer.hasCollided)
            #expect(frames.isEmpty == (mode == .full && request.passes == .keyframes))
            #expect(Set(frames.map(\.number)).count == frames.count)
            for frame in frames {
                #expect(frame.time == times[frame.number])
                #expect(request.passes.contains(frame.pass))
                #expect((frame.pass == .full) == (mode == .full))
                #expect(frame.form == request.form)
                let pixels = frame.width * frame.height
                let sizes = [PixelForm.luma: [pixels], .rgb: [pixels * 3], .planar: [pixels, pixels / 4, pixels / 4]]
                #expect(frame.planes.map(\.count) == sizes[request.form])
                #expect(max(frame.width, frame.height) == request.longSide)
                if request.longSide == 96 { #expect((frame.width, frame.height) == media.small) }
            }
            let slots = Set(frames.map { Int($0.time.seconds * request.framesPerMinute / 60 + 1e-9) })
            #expect(slots.count == frames.count)
            #expect(Double(frames.count) <= 0.5 * request.framesPerMinute + 1)
        }
        let all = observers[0].frames
        if mode == .full {
            #expect(all.map(\.time) == times)
        } else {
            #expect(all.contains { $0.pass == .keyframes } && all.contains { $0.pass == .segments })
            let inside = SampleMedia.lively.start...SampleMedia.lively.end
            #expect(all.contains { $0.pass == .segments && inside.contains($0.time) })
        }
    }

    @Test("pixels are those a player shows", arguments: SampleMedia.allCases)
    func pixels(_ media: SampleMedia) throws {
        let path = try media.make()
        let source = try SourceProbe.open(path, interrupt: Interrupt())
        let observers = Self.requests[0...1].map(RecordingObserver.init)
        _ = try run(source, .auto, observers)
        for (observer, format) in zip(observers, ["yuv420p", "rgb24"]) {
            for frame in [observer.frames.first, observer.frames.last].compactMap(\.self) {
                let expected = try SampleMedia.shown(path, frame.number, (frame.width, frame.height), format)
                let difference = zip(frame.planes[0], expected).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
                #expect(difference < 6 * frame.planes[0].count, "\(format) of frame \(frame.number)")
            }
        }
    }

    @Test("what is shown is the same each time, and nothing is decoded for it")
    func repeated() throws {
        let source = try SourceProbe.open(SampleMedia.plain.make(), interrupt: Interrupt())
        let alone = try run(source, .auto, [])
        var shown: [Set<Int>] = []
        for _ in 0..<3 {
            let observer = RecordingObserver(FrameRequest(longSide: 32, framesPerMinute: 20))
            let result = try run(source, .auto, [observer])
            #expect(result == alone)
            shown.append(Set(observer.frames.map(\.number)))
        }
        #expect(shown[0] == shown[1] && shown[1] == shown[2])
        #expect(!shown[0].isEmpty && shown[0].count <= 11)
    }
}
