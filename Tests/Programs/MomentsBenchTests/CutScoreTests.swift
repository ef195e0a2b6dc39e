import FoundationEssentials
import MomentsBench
import MomentsCore
import Testing

@Suite("scoring scene starts against known boundaries")
struct CutScoreTests {
    private let truth = CutTruth(
        frame: 0.04,
        cuts: [
            .init(time: 2, isHard: true, startFrame: 50, endFrame: 50),
            .init(time: 4, isHard: true, startFrame: 100, endFrame: 100),
            .init(time: 6.4, isHard: false, startFrame: 150, endFrame: 170),
        ]
    )

    @Test("starts at the boundaries are all right")
    func right() {
        let score = CutScore(of: [2, 4, 6.4], against: truth)
        #expect(score.f1 == 1)
        #expect(score.hardF1 == 1)
        #expect(score.gradualRecall == 1)
        #expect(score.falseStarts == 0)
    }

    @Test("a hard cut may be one frame off, not two; a gradual one is found anywhere inside it")
    func tolerance() {
        let score = CutScore(of: [2.04, 4.08, 6.1], against: truth)
        #expect(score.falseStarts == 1)
        #expect(score.gradualRecall == 1)
        #expect(abs(score.hardF1 - 0.5) < 1e-9)
        #expect(abs(score.f1 - 4.0 / 6) < 1e-9)
    }

    @Test("one start is not two cuts, and two starts in one transition are one")
    func oneToOne() {
        let near = CutTruth(
            frame: 0.04,
            cuts: [
                .init(time: 2, isHard: true, startFrame: 50, endFrame: 50),
                .init(time: 2.04, isHard: true, startFrame: 51, endFrame: 51),
            ]
        )
        #expect(abs(CutScore(of: [2.02], against: near).f1 - 2.0 / 3) < 1e-9)
        let twice = CutScore(of: [2, 4, 6.1, 6.5], against: truth)
        #expect(twice.falseStarts == 0)
        #expect(twice.f1 == 1)
    }

    @Test("of a single shot, no start is right and any is wrong")
    func single() {
        let single = CutTruth(frame: 0.04, cuts: [])
        #expect(CutScore(of: [], against: single).f1 == 1)
        #expect(CutScore(of: [3], against: single).f1 == 0)
    }

    @Test(
        "the length of a frame comes from the rate, or of a variable one from the count",
        arguments: [("30000/1001", 1001.0 / 30000), ("25", 0.04), ("variable (truth in seconds)", 0.05)]
    )
    func rate(text: String, frame: Double) throws {
        let json = """
            {"file": "a.mp4", "fps": "\(text)", "frames": 200, "duration": 10.0,
             "cuts": [{"frame": 50, "time": 2.0, "type": "hard", "start_frame": 50, "end_frame": 50},
                      {"frame": 80, "time": 3.2, "type": "dissolve", "start_frame": 70, "end_frame": 90}]}
            """
        let truth = try MomentsJSON.decode(CutTruth.self, from: Data(json.utf8))
        #expect(abs(truth.frame - frame) < 1e-9)
        #expect(truth.cuts.map(\.isHard) == [true, false])
    }
}
