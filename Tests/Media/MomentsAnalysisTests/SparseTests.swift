import MomentsAnalysis
import MomentsCore
import Testing

@Suite("knowing a video by little of it")
struct SparseTests {
    let places = (1...6).map { Film.Place(UInt64($0)) }

    /// Frames 25 to the second as an encoder without frames coded from later ones writes them.
    private func coded(_ count: Int, keyframes: Set<Int>, size: (Int) -> Int) -> [CodedFrame] {
        (0..<count).map { number in
            let isKeyframe = keyframes.contains(number)
            return CodedFrame(
                seconds: Double(number) / 25,
                number: number,
                size: isKeyframe ? 20_000 : size(number),
                kind: isKeyframe ? .intra : .predicted,
                isKeyframe: isKeyframe
            )
        }
    }

    private func keyframe(_ frame: Film.Frame, _ number: Int, then later: Film.Frame? = nil) throws -> KeyframeSample {
        var sampler = KeyframeSampler(size: Film.size)
        let quarter = Film.size.width * Film.size.height / 4
        for (index, shown) in [frame, later].compactMap({ $0 }).enumerated() {
            let cb = [UInt8](repeating: UInt8(clamping: 128 + shown.tint), count: quarter)
            let cr = [UInt8](repeating: UInt8(clamping: 128 - shown.tint), count: quarter)
            let time = MediaTime(ticks: Int64(number + 4 * index), timescale: 25)
            sampler.add(luma: shown.luma.span, cb: cb.span, cr: cr.span, time: time, spacing: 0.04)
        }
        let keyframe = sampler.finish(entry: number, number: number)
        return try #require(keyframe)
    }

    private func watch(_ frames: [Film.Frame], from first: Int, of times: FrameTimes) throws -> SegmentFindings {
        var watcher = SegmentAnalyzer(size: Film.size, timescale: 25)
        let quarter = Film.size.width * Film.size.height / 4
        for (index, frame) in frames.enumerated() {
            let cb = [UInt8](repeating: UInt8(clamping: 128 + frame.tint), count: quarter)
            let cr = [UInt8](repeating: UInt8(clamping: 128 - frame.tint), count: quarter)
            watcher.add(luma: frame.luma.span, cb: cb.span, cr: cr.span, time: times[first + index])
        }
        let findings = watcher.finish(times, isComplete: true)
        return try #require(findings)
    }

    private func times(_ count: Int) -> FrameTimes {
        var times = FrameTimes(timescale: 25)
        for tick in 0..<Int64(count) { times.append(MediaTime(ticks: tick, timescale: 25)) }
        times.finish(at: MediaTime(ticks: Int64(count), timescale: 25))
        return times
    }

    @Test("a video whose frames stop coming for seconds is read like any other")
    func gaps() {
        let frames = coded(400, keyframes: [0, 200]) { $0 < 200 ? 300 : 4000 }.map { frame in
            CodedFrame(
                seconds: frame.seconds + (frame.number < 100 ? 0 : 3) + (frame.number < 210 ? 0 : 4),
                number: frame.number,
                size: frame.size,
                kind: frame.kind,
                isKeyframe: frame.isKeyframe
            )
        }
        let proposals = CutProposals(frames, PacketSizeCurve(frames), keyframes: [], schedule: KeyframeSchedule(frames))
        #expect(proposals.doubts.allSatisfy { $0.watch.lowerBound >= 0 && $0.watch.upperBound <= 400 })
        #expect(!proposals.doubts.isEmpty)
    }

    @Test("lengths that rise and fall tell something, even ones and frames that all stand alone do not")
    func telling() {
        let lively = coded(500, keyframes: [0, 250]) { $0 < 300 ? 400 : 3000 }
        #expect(PacketSizeCurve(lively).isTelling)
        #expect(!PacketSizeCurve(coded(500, keyframes: [0, 250]) { 1000 + $0 % 7 }).isTelling)
        #expect(!PacketSizeCurve(coded(500, keyframes: Set(0..<500)) { _ in 0 }).isTelling)
        let grid = PacketSizeCurve(lively).grid(count: 100)
        #expect(grid[10] == 400)
        #expect(grid[90] == 3000)
    }

    @Test("keyframes at a steady distance are due, the others were placed for a reason")
    func schedule() {
        let steady = KeyframeSchedule(coded(300, keyframes: [0, 50, 100, 150, 200, 250]) { _ in 500 })
        #expect(!steady.placesCuts)
        #expect(steady.isDue(150))
        let placed = KeyframeSchedule(coded(800, keyframes: [0, 250, 310, 560]) { _ in 500 })
        #expect(placed.placesCuts)
        #expect(placed.isDue(250) && placed.isDue(560))
        #expect(!placed.isDue(310))
    }

    @Test("a keyframe out of turn that shows another place is a cut, one of the same place is none")
    func certain() throws {
        let frames = coded(700, keyframes: [0, 250, 310, 420]) { _ in 500 }
        let (one, other) = (Film.Frame(places[0]), Film.Frame(places[1], light: 60))
        let keyframes = [
            try keyframe(one, 0, then: one), try keyframe(one, 250, then: one), try keyframe(other, 310, then: other),
            try keyframe(other, 420, then: other),
        ]
        let proposals = CutProposals(
            frames,
            PacketSizeCurve(frames),
            keyframes: keyframes,
            schedule: KeyframeSchedule(frames)
        )
        #expect(proposals.certain == [310])
        #expect(!proposals.doubts.contains { $0.watch.contains(420) })
    }

    @Test("where bytes rose just before, the cut is in doubt, and guessed where they leapt")
    func restless() throws {
        let frames = coded(700, keyframes: [0, 250, 310]) { $0 >= 307 && $0 < 310 ? 9000 : 500 }
        let (one, other) = (Film.Frame(places[0]), Film.Frame(places[1], light: 60))
        let keyframes = [try keyframe(one, 0), try keyframe(one, 250), try keyframe(other, 310, then: other)]
        let proposals = CutProposals(
            frames,
            PacketSizeCurve(frames),
            keyframes: keyframes,
            schedule: KeyframeSchedule(frames)
        )
        #expect(proposals.certain.isEmpty)
        #expect(proposals.doubts.contains { $0.watch.contains(307) && $0.guess == 307 })
    }

    @Test("what was seen overrides what was taken for certain")
    func seen() throws {
        let times = times(200)
        let frames = (0..<40).map { Film.Frame(places[$0 < 18 ? 2 : 3]) }
        let findings = try watch(frames, from: 80, of: times)
        let scenes = SparseScenes.scenes(certain: [40, 95], findings: [findings], times: times)
        #expect(scenes.map(\.startFrame) == [0, 40, 98])
        #expect(scenes.last?.end == times.end)
    }

    @Test("curves between what was seen follow the bytes, on the scale of the scene")
    func canvas() throws {
        let frames = coded(500, keyframes: [0, 250]) { number in number < 250 ? 500 : number < 400 ? 3000 : 1500 }
        let times = times(500)
        let scenes = SparseScenes.scenes(certain: [250], findings: [], times: times)
        var canvas = SignalCanvas(times: times, scenes: scenes, curve: PacketSizeCurve(frames))
        let (still, moved) = (Film.Frame(places[4]), Film.Frame(places[5]).with(places[0], x: 20, y: 10, side: 24))
        canvas.add(try keyframe(still, 0, then: still))
        canvas.add(try keyframe(Film.Frame(places[5]), 250, then: moved))
        let filled = canvas.finish()
        let signals = try #require(filled)
        #expect(signals.visual.count == 100)
        #expect(signals.visual.subject[20] < 0.1 * signals.visual.subject[60])
        #expect(signals.visual.subject[90] < 0.7 * signals.visual.subject[60])
        #expect(signals.visual.activity[60] == 3000)
        #expect(signals.appearance.count == 50)
        let sights = Sights(signals.appearance)
        #expect(sights.similarity(sights.sight(5), 20) > 0.97)
        #expect(sights.similarity(sights.sight(5), 40) < 0.8)
    }
}
