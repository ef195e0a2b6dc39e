import FoundationEssentials
import MomentsBench
import MomentsCore
import Testing

@Suite("scoring a reel against planted moments")
struct PlantedScoreTests {
    private func truth(_ events: [(Double, Double, String)], distractors: [Span] = []) -> PlantedTruth {
        PlantedTruth(
            duration: 100,
            events: events.map { .init(Span($0.0, $0.1), group: $0.2) },
            distractors: distractors
        )
    }

    @Test("an event is found with 1.5 s of it, or half of a shorter one, also in pieces")
    func found() {
        let truth = truth([(10, 20, "a"), (40, 42, "b"), (60, 70, "c")])
        let reel = [Span(10, 10.8), Span(19.2, 20), Span(41, 42), Span(60, 61.4)]
        let score = PlantedScore(of: reel, against: truth, target: 30)
        #expect(score.recall == 2.0 / 3)
        #expect(abs(score.precision - 1) < 1e-9)
    }

    @Test("no more is asked for than the reel could show at three seconds each")
    func possible() {
        let truth = truth([(0, 10, "a"), (20, 30, "b"), (40, 50, "c"), (60, 70, "d")])
        let score = PlantedScore(of: [Span(2, 5), Span(22, 25)], against: truth, target: 6)
        #expect(score.recall == 1)
    }

    @Test("what events cannot fill of a reel does not count against it, the rest does")
    func precision() {
        let truth = truth([(10, 14, "a")], distractors: [Span(50, 60)])
        let long = PlantedScore(of: [Span(10, 20), Span(55, 65)], against: truth, target: 20)
        #expect(long.precision == 1)
        #expect(long.distractors == 0.25)
        let short = PlantedScore(of: [Span(12, 16)], against: truth, target: 4)
        #expect(short.precision == 0.5)
    }

    @Test("of passages that repeat, groups count, and showing one again is redundant")
    func duplicates() {
        let truth = truth([(10, 20, "a"), (30, 40, "a"), (50, 60, "b")])
        let score = PlantedScore(of: [Span(12, 16), Span(32, 36)], against: truth, target: 30)
        #expect(score.recall == 0.5)
        #expect(score.redundancy == 0.5)
        #expect(score.precision == 1)
    }

    @Test("without events there is no recall, and nothing is wrong")
    func nothing() {
        let score = PlantedScore(of: [Span(0, 5)], against: truth([]), target: 30)
        #expect(score.recall == nil)
        #expect(score.precision == 1)
    }

    @Test("reels made without looking score by chance, and the same at each call")
    func baseline() {
        let truth = truth([(10, 20, "a"), (60, 70, "b")])
        let reel = [Span(10, 20), Span(60, 70)]
        let baseline = Baseline(for: reel, truth: truth, target: 20)
        #expect(baseline == Baseline(for: reel, truth: truth, target: 20))
        // Two shots of ten seconds around 25 and 75 miss both events.
        #expect(baseline.uniform.recall == 0)
        // Twenty of a hundred seconds are events.
        #expect(abs(baseline.random.precision - 0.2) < 0.05)
        #expect(baseline.random.reel == 20)
    }

    @Test("two reels agree by the seconds that are in both, held against the longer one")
    func agreement() {
        let reel = [Span(0, 10), Span(20, 30)]
        #expect(reel.agreement(with: reel) == 1)
        #expect(reel.agreement(with: [Span(5, 15)]) == 0.25)
        // A stretch that is there twice is one.
        #expect([Span(0, 10), Span(5, 10)].agreement(with: [Span(0, 10)]) == 1)
        #expect(reel.agreement(with: []) == 0)
        #expect([Span]().agreement(with: []) == 1)
    }

    @Test("a truth is read with its groups; a source stands for a group that is not named")
    func reading() throws {
        let text = """
            {"file": "a.mp4", "fps": "30", "duration": 9.5,
             "events": [{"start": 1, "end": 2.5, "kind": "both", "source": "dog", "group": "A"},
                        {"start": 4, "end": 5, "kind": "both", "source": "cat"}],
             "distractors": [{"start": 7, "end": 8, "kind": "flash"}], "calm": []}
            """
        let truth = try MomentsJSON.decode(PlantedTruth.self, from: Data(text.utf8))
        #expect(truth.duration == 9.5)
        #expect(truth.events.map(\.group) == ["A", "cat"])
        #expect(truth.events.map(\.span) == [Span(1, 2.5), Span(4, 5)])
        #expect(truth.distractors == [Span(7, 8)])
    }
}
