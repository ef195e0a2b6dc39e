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
        let shots = [Self.range(18, 26), Self.range(30, 34)]
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
            shots: [Self.range(5, 15)]
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
            shots: [Self.range(0, 40)]
        )
        #expect((found.first?.time.seconds ?? 0) > 29)
        #expect(found.allSatisfy { $0.time.seconds > 20 })
    }

    @Test("without shots, or without a good frame in them, the whole video is searched")
    func fallback() {
        let signals = Self.signals(seconds: 40) { visual in
            for entry in 0..<50 { visual.dark[entry] = 0.99 }
        }
        for shots in [[], [Self.range(0, 8)]] {
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
            shots: [Self.range(0, 1)]
        )
        #expect(found.isEmpty)
    }

    @Test("in a long video moments at keyframes are taken, and better ones far behind them are left alone")
    func keyframes() {
        let signals = Self.signals(seconds: 300) { visual in
            for entry in [30, 50, 70, 110] { visual.sharpness[entry] = 90 }
        }
        let shots = [Self.range(3, 37)]
        let places = Self.places(seconds: 300, keyframeEvery: 100)
        let found = PosterCandidate.choose(signals, places: places, shots: shots)
        #expect(found.count >= 3)
        // Every four seconds there is a keyframe.
        for candidate in found { #expect(candidate.time.seconds.truncatingRemainder(dividingBy: 4) < 0.3) }
        // Without keyframes in reach one is worth its decoding, and lies near the first that can be had.
        let far = PosterCandidate.choose(signals, places: Self.places(seconds: 300, keyframeEvery: 7500), shots: shots)
        #expect(far.count == 1 && (far.first?.time.seconds ?? 9) < 5.3)
    }

    @Test("in a short video the best moment is taken wherever it lies, and all of them together cost an eighth at most")
    func short() {
        let signals = Self.signals(seconds: 40) { visual in
            for entry in [29, 30, 31] { visual.sharpness[entry] = 90 }
        }
        let places = Self.places(seconds: 40, keyframeEvery: 100)
        let found = PosterCandidate.choose(signals, places: places, shots: [Self.range(3, 37)])
        #expect(abs((found.first?.time.seconds ?? 0) - 6) < 0.3)
        // As many frames as lie between each and the keyframe before it.
        let cost = found.reduce(0) { $0 + Int(($1.time.seconds * 25).rounded()) % 100 + 1 }
        #expect(cost <= 125, "\(cost)")
        #expect(found.count >= 3)
    }

    @Test("of frames that look alike the one of the best moment comes first, whichever shot it is in")
    func worth() {
        var worth = [Float](repeating: 0.5, count: 200)
        for entry in 150..<160 { worth[entry] = 1 - abs(Float(entry) - 154) * 0.05 }
        let found = PosterCandidate.choose(
            Self.signals(seconds: 40),
            places: Self.places(seconds: 40),
            shots: [Self.range(2, 18), Self.range(24, 38)],
            worth: worth
        )
        #expect(abs((found.first?.time.seconds ?? 0) - 30.8) < 0.5)
        #expect((found.first?.weight ?? 0) > (found.last?.weight ?? 1) * 1.1)
    }

    @Test("of moments worth the same a red one comes first, then a colourful one")
    func color() {
        var appearance = Appearance()
        for sample in 0..<100 {
            let (blue, red): (UInt8, UInt8) = (
                (20..<24).contains(sample) ? 180 : 128, (60..<64).contains(sample) ? 150 : 128
            )
            let chroma = [UInt8](repeating: blue, count: 12) + [UInt8](repeating: red, count: 12)
            appearance.append(cells: [UInt8](repeating: 90, count: 96) + chroma)
        }
        var signals = Self.signals(seconds: 40)
        signals.appearance = appearance
        let found = PosterCandidate.choose(signals, places: Self.places(seconds: 40), shots: [Self.range(2, 38)])
            .map(\.time.seconds)
        #expect(found.count >= 2)
        #expect((24.0...25.6).contains(found.first ?? 0))
        #expect((8.0...9.6).contains(found.dropFirst().first ?? 0))
    }

    @Test("a frame amid sharp ones is surer than a sharper one amid blurred ones")
    func surroundings() {
        let signals = Self.signals(seconds: 40) { visual in
            for entry in 30..<40 { visual.sharpness[entry] = 2 }
            visual.sharpness[35] = 60
            for entry in 130..<140 { visual.sharpness[entry] = 40 }
        }
        let found = PosterCandidate.choose(signals, places: Self.places(seconds: 40), shots: [Self.range(2, 38)])
        #expect((26...28).contains(found.first?.time.seconds ?? 0))
        #expect(found.allSatisfy { !(6...8).contains($0.time.seconds) })
    }
}
