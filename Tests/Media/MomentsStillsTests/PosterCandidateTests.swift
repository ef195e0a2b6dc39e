internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsStills
internal import Testing

@Suite("where to look for a poster")
struct PosterCandidateTests {
    /// A video of evenly good frames, two cuts and a dissolve; `change` touches single entries.
    private static func signals(seconds: Int, change: (inout VisualCurves) -> Void = { _ in }) -> Signals {
        let count = seconds * 5
        var visual = VisualCurves()
        visual.subject = Array(repeating: 0.1, count: count)
        visual.camera = Array(repeating: 0, count: count)
        visual.shake = Array(repeating: 0, count: count)
        visual.sharpness = Array(repeating: 10, count: count)
        visual.brightness = Array(repeating: 120, count: count)
        visual.contrast = Array(repeating: 40, count: count)
        visual.dark = Array(repeating: 0, count: count)
        visual.bright = Array(repeating: 0, count: count)
        visual.mismatch = Array(repeating: 0, count: count)
        visual.change = Array(repeating: 1, count: count)
        change(&visual)
        var frames = FrameTimes(timescale: 25)
        for tick in 0..<Int64(seconds * 25) { frames.append(MediaTime(ticks: tick, timescale: 25)) }
        frames.finish(at: MediaTime(ticks: Int64(seconds * 25), timescale: 25))
        let half = MediaTime(seconds: Double(seconds) / 2)
        let mixed = TimeRange(start: half - MediaTime(seconds: 0.5), end: half + MediaTime(seconds: 0.5))
        let scenes = [
            Scene(start: .zero, end: half, startFrame: 0, endFrame: seconds * 25 / 2),
            Scene(
                start: half,
                end: frames.end,
                startFrame: seconds * 25 / 2,
                endFrame: seconds * 25,
                transition: .dissolve,
                mixedStart: mixed
            ),
        ]
        return Signals(frames: frames, visual: visual, appearance: Appearance(), audio: nil, scenes: scenes)
    }

    /// Frames at 25 a second with a keyframe every so many.
    private static func places(seconds: Int, keyframeEvery distance: Int = 1) -> FramePlaces {
        FramePlaces(
            (0..<seconds * 25).map { (MediaTime(ticks: Int64($0), timescale: 25), $0 % distance == 0, $0) },
            duration: MediaTime(ticks: Int64(seconds), timescale: 1)
        )
    }

    private static func range(_ start: Double, _ end: Double) -> TimeRange {
        TimeRange(start: MediaTime(seconds: start), end: MediaTime(seconds: end))
    }

    @Test("only the shots are searched, away from their edges, and not in a transition")
    func inside() {
        let shots = [(range: Self.range(18, 26), score: 0.9), (range: Self.range(30, 34), score: 0.5)]
        let found = PosterCandidate.choose(Self.signals(seconds: 40), places: Self.places(seconds: 40), shots: shots)
            .map(\.time.seconds)
        #expect(!found.isEmpty)
        #expect(found.count <= PosterCandidate.limit)
        for time in found {
            #expect((18.4...25.6).contains(time) || (30.4...33.6).contains(time))
            #expect(!(19.35...20.65).contains(time))
        }
        // Spread out, so that they differ.
        for (one, other) in zip(found.sorted(), found.sorted().dropFirst()) { #expect(other - one > 1.3) }
    }

    @Test("sharp, steady and well exposed moments come first")
    func best() {
        let signals = Self.signals(seconds: 40) { visual in
            visual.sharpness[31] = 40
            visual.sharpness[41] = 40
            visual.shake[41] = 5
            visual.sharpness[51] = 40
            visual.dark[51] = 0.9
        }
        let found = PosterCandidate.choose(
            signals,
            places: Self.places(seconds: 40),
            shots: [(range: Self.range(5, 15), score: 1)]
        )
        #expect(abs((found.first?.time.seconds ?? 0) - 6.2) < 0.01)
    }

    @Test("black and frozen moments are passed over")
    func blank() {
        let signals = Self.signals(seconds: 40) { visual in
            for entry in 0..<100 { visual.dark[entry] = 0.99 }
            for entry in 100..<150 { visual.change[entry] = 0 }
        }
        let found = PosterCandidate.choose(
            signals,
            places: Self.places(seconds: 40),
            shots: [(range: Self.range(0, 40), score: 1)]
        )
        #expect((found.first?.time.seconds ?? 0) > 29)
        #expect(found.allSatisfy { $0.time.seconds > 20 })
    }

    @Test("without shots, or without a good frame in them, the whole video is searched")
    func fallback() {
        let signals = Self.signals(seconds: 40) { visual in
            for entry in 0..<50 { visual.dark[entry] = 0.99 }
        }
        for shots in [[], [(range: Self.range(0, 8), score: 1.0)]] {
            let found = PosterCandidate.choose(signals, places: Self.places(seconds: 40), shots: shots)
            #expect(!found.isEmpty)
            #expect(found.allSatisfy { $0.time.seconds >= 10 })
        }
    }

    @Test("a video without any signal gives no candidate and no crash")
    func nothing() {
        let found = PosterCandidate.choose(
            Self.signals(seconds: 0),
            places: Self.places(seconds: 0),
            shots: [(range: Self.range(0, 1), score: 1)]
        )
        #expect(found.isEmpty)
    }

    @Test("moments at keyframes are preferred, and sharper ones far behind them are left alone")
    func keyframes() {
        let signals = Self.signals(seconds: 40) { visual in
            for entry in [27, 36, 61, 112] { visual.sharpness[entry] = 90 }
        }
        let shots = [(range: Self.range(3, 37), score: 1.0)]
        let places = Self.places(seconds: 40, keyframeEvery: 100)
        let found = PosterCandidate.choose(signals, places: places, shots: shots)
        #expect(found.count >= 3)
        // Every four seconds there is a keyframe.
        for candidate in found { #expect(candidate.time.seconds.truncatingRemainder(dividingBy: 4) < 0.3) }
        // Without keyframes in reach the sharpest ones are worth some decoding, but few are decoded.
        let far = PosterCandidate.choose(signals, places: Self.places(seconds: 40, keyframeEvery: 1000), shots: shots)
        #expect((1...PosterCandidate.limit).contains(far.count))
    }
}
