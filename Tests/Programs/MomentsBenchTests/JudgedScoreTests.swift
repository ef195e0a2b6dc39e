import FoundationEssentials
import MomentsBench
import MomentsCore
import Testing

@Suite("scoring a reel against what a person would choose")
struct JudgedScoreTests {
    private let truth = JudgedTruth(
        duration: 100,
        events: [
            .init(Span(10, 20), weight: 5, why: "jump"), .init(Span(40, 60), weight: 3, enough: 10, why: "dance"),
            .init(Span(70, 72), weight: 2, why: "wave"),
        ],
        avoided: [.init(Span(18, 22), isHard: true), .init(Span(0, 14), isHard: false)],
        cuts: [12.2, 48.9]
    )

    private func isNear(_ value: Double?, _ expected: Double) -> Bool { abs((value ?? .nan) - expected) < 1e-9 }

    @Test("recall is by weight and share, held against the best of the same length")
    func recall() {
        let score = JudgedScore(of: [Span(12, 20), Span(45, 49)], against: truth)
        // 5 × 0.8 and 3 × 4 of the 10 s that are enough, of 10.
        #expect(isNear(score.recall, 0.52))
        // 2 s for the wave, 10 s for the jump.
        #expect(isNear(score.best, 0.7))
        #expect(isNear(score.recallOfBest, 0.52 / 0.7))
        #expect(isNear(score.avoid, 4.0 / 12))
        #expect(isNear(score.avoidHard, 2.0 / 12))
        #expect(isNear(score.inEvents, 1))
    }

    @Test("a second that is there twice counts once, and enough of an even event is all of it")
    func once() {
        let score = JudgedScore(of: [Span(40, 52), Span(44, 54)], against: truth)
        #expect(isNear(score.recall, 0.3))
        #expect(isNear(score.inEvents, 1))
    }

    @Test("an empty reel shows nothing of what is there; without events nothing can be told")
    func empty() {
        let nothing = JudgedScore(of: [], against: truth)
        #expect(nothing.recallOfBest == 0)
        #expect(nothing.avoid == nil)
        let calm = JudgedScore(of: [Span(0, 5)], against: JudgedTruth(duration: 100, events: []))
        #expect(calm.recall == nil && calm.recallOfBest == nil)
        #expect(calm.inEvents == 0)
    }

    @Test("edges inside an event and flashes across a cut are found; joins and the ends of events and clips are none")
    func edges() {
        let edges = JudgedEdges(of: [Span(12, 20), Span(45, 49)], against: truth)
        #expect(edges.inMiddle.map(\.t) == [12, 45, 49])
        #expect(edges.inMiddle.map(\.why) == ["jump", "dance", "dance"])
        #expect(edges.slivers.map(\.t) == [12, 49])
        #expect(edges.slivers.map(\.side) == [.start, .end])
        #expect(JudgedEdges(of: [Span(9.9, 15), Span(15.04, 20.2)], against: truth).inMiddle.isEmpty)
        // Enough of the dance is in this shot.
        #expect(JudgedEdges(of: [Span(44, 53.8)], against: truth).inMiddle.isEmpty)
        let whole = JudgedTruth(duration: 30, events: [.init(Span(-1, 31), weight: 1)])
        #expect(JudgedEdges(of: [Span(0.05, 29.95)], against: whole).inMiddle.isEmpty)
    }

    @Test("an event is shown whole with four fifths of it, and whole ones are packed as they fit")
    func whole() {
        let whole = JudgedWhole(of: [Span(12, 20), Span(45, 49)], against: truth)
        #expect(isNear(whole.recall, 0.5))
        // Of 12 s, 8 for the jump and 1.6 for the wave; the dance needs 8 too.
        #expect(isNear(whole.best, 0.7))
        #expect(isNear(JudgedWhole(of: [Span(20, 37.7)], against: truth).best, 1))
    }

    @Test("random draws are those of Python, so that other scorers' figures are met")
    func draws() {
        // random.Random(seed).uniform(0, 7), and two draws of random.Random(1).
        #expect(isNear(JudgedChance.random(over: 10, length: 3, seed: 0).first?.start, 5.910952960675337))
        #expect(isNear(JudgedChance.random(over: 10, length: 3, seed: 199).first?.start, 0.3442457820794046 * 7))
        let two = JudgedChance.random(over: 16, length: 6, seed: 1)
        #expect(isNear(two[0].start, 1.3436424411240122) && isNear(two[1].start, 8.474337369372327 + 3))
        #expect(two.seconds == 6)
        #expect(JudgedChance.random(over: 5, length: 6, seed: 1) == [Span(0, 5)])
    }

    @Test("a reel is held against evenly spread ones and random ones of its own length")
    func result() {
        let reel = JudgedReel([Span(10, 20), Span(70, 72)], duration: 100.2, target: 15)
        let result = JudgedResult(of: reel, against: truth)
        #expect(isNear(result.score.recallOfBest, 1))
        #expect(isNear(result.length, 0.8))
        #expect(result.warning == nil)
        // Shots of 3 s around 12.5, 37.5, 62.5 and 87.5 show 3 s of the jump.
        #expect(isNear(result.uniform?.recallOfBest, 0.15 / 0.7))
        // The first 12 s show 2 s of it.
        #expect(isNear(result.first?.recallOfBest, 0.1 / 0.7))
        #expect(isNear(result.random?.rank, 1))
        #expect((0.05...0.5).contains(result.random?.mean.recallOfBest ?? 0))
        #expect((result.random?.high ?? 1) < 1)
        #expect(result.missed.isEmpty)
    }

    @Test("what is missed is named, with whether it was a near miss; where all is alike a reel beats half")
    func missed() {
        let reel = JudgedReel([Span(30, 36)], duration: 130, target: 12, nearMisses: [Span(11, 17)])
        let result = JudgedResult(of: reel, against: truth)
        #expect(result.missed.map(\.why) == ["jump"])
        #expect(result.missed.map(\.nearMiss) == [true])
        #expect(result.warning != nil)
        let even = JudgedTruth(duration: 60, events: [.init(Span(0, 60), weight: 1)])
        #expect(isNear(JudgedResult(of: JudgedReel([Span(7, 19)]), against: even).random?.rank, 0.5))
        #expect(isNear(JudgedResult(of: JudgedReel([]), against: truth).score.recallOfBest, 0))
        #expect(JudgedResult(of: JudgedReel([]), against: truth).random == nil)
    }

    @Test("means are over the clips that have a figure")
    func summary() {
        let good = JudgedResult(of: JudgedReel([Span(10, 20), Span(70, 72)], target: 12), against: truth)
        let bad = JudgedResult(of: JudgedReel([Span(30, 36)], target: 12), against: truth)
        let calm = JudgedResult(
            of: JudgedReel([Span(0, 12)], target: 12),
            against: JudgedTruth(duration: 40, events: [])
        )
        let summary = JudgedSummary(of: [good, bad, calm])
        #expect(summary.clips == 3)
        #expect(isNear(summary.recallOfBest, 0.5))
        #expect(isNear(summary.length, 2.5 / 3))
        #expect(summary.betterThanUniform == 1 && summary.comparedWithUniform == 2)
        #expect(isNear(summary.inEvents, 1.0 / 3))
    }

    @Test("a truth is read with its target, its kind and its hard cuts; what it leaves out has the usual values")
    func reading() throws {
        let text = """
            {"name": "a", "file": "../media/calm/a.mp4", "duration": 30.5, "confidence": "weak", "kind": "car park",
             "events": [{"in": 1, "out": 9, "weight": 4, "why": "a car", "enough": 3}, {"in": 20, "out": 21, "weight": 1}],
             "avoid": [{"in": 0, "out": 1, "level": "soft"}, {"in": 29, "out": 30}],
             "cuts": [4.5, {"from": 8, "to": 9}], "maybe_cuts": [3], "posters": {"good": [2, 3.5]}}
            """
        let truth = try MomentsJSON.decode(JudgedTruth.self, from: Data(text.utf8))
        #expect(truth.target == 12 && truth.group == "calm" && !truth.isSure)
        #expect(truth.cuts == [4.5])
        #expect(truth.posters == JudgedTruth.Posters(good: [2, 3.5]))
        #expect(truth.events.map(\.enough) == [3, nil])
        #expect(truth.avoided.map(\.isHard) == [false, true])
        let short = #"{"file": "media/b.mp4", "duration": 20, "events": [], "group": "sport", "target": 7}"#
        let own = try MomentsJSON.decode(JudgedTruth.self, from: Data(short.utf8))
        #expect(own.target == 7 && own.group == "sport")
        #expect(JudgedTruth(file: "media/b.mp4", duration: 20, events: []).target == 10)
        #expect(JudgedTruth(file: "media/b.mp4", duration: 20, events: []).group == "other")
    }

    @Test("a reel is read from any highlight.json, whoever made it")
    func reels() throws {
        let text = """
            {"duration": 30, "target_duration": 12, "reel_duration": 6.5, "shots": [{"in": 1, "out": 4, "why": "x"},
             {"in": 8, "out": 11.5}], "near_misses": [{"start": 5, "end": 6}, {"in": 1}],
             "poster": {"file": "poster.jpg", "time": 2.5}}
            """
        let reel = try MomentsJSON.decode(JudgedReel.self, from: Data(text.utf8))
        #expect(reel.shots == [Span(1, 4), Span(8, 11.5)])
        #expect(reel.nearMisses == [Span(5, 6)])
        #expect(reel.posterTime == 2.5)
        #expect(reel.target == 12 && reel.seconds == 6.5 && reel.duration == 30)
    }
}
