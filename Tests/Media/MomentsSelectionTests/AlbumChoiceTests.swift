import MomentsCore
import MomentsSelection
import Testing

@Suite("what of many videos makes one reel")
struct AlbumChoiceTests {
    private static func candidate(_ start: Double, _ length: Double, _ score: Double) -> AlbumChoice.Candidate {
        let range = TimeRange(start: MediaTime(seconds: start), end: MediaTime(seconds: start + length))
        return AlbumChoice.Candidate(range: range, score: score, reasons: ["score \(score)"])
    }

    private static func places(_ choice: AlbumChoice) -> [[Double]] {
        choice.shots.map { [Double($0.video), $0.candidate.range.start.seconds] }
    }

    @Test("the best of each video comes before the second best of any, in the order of recording")
    func spread() {
        let videos = [
            AlbumChoice.Video(start: 200, candidates: [Self.candidate(0, 4, 0.9), Self.candidate(10, 4, 0.85)]),
            AlbumChoice.Video(start: 100, candidates: [Self.candidate(5, 4, 0.6), Self.candidate(20, 4, 0.5)]),
            AlbumChoice.Video(start: nil, candidates: [Self.candidate(1, 4, 0.7)]),
            AlbumChoice.Video(start: 50, candidates: []),
        ]
        let choice = AlbumChoice(videos, seconds: 12, AlbumOptions())
        #expect(Self.places(choice) == [[1, 5], [0, 0], [2, 1]])
        #expect(choice.leftOut == [3: "nothing in it can be shown"])
        var best = AlbumOptions()
        best.order = .best
        #expect(Self.places(AlbumChoice(videos, seconds: 12, best)) == [[0, 0], [2, 1], [1, 5]])
        let longer = AlbumChoice(videos, seconds: 20, AlbumOptions())
        #expect(longer.shots.count == 5)
        var one = AlbumOptions()
        one.maxPerVideo = 1
        #expect(AlbumChoice(videos, seconds: 20, one).shots.count == 3)
    }

    @Test("a moment that two filmed is shown once, where their sounds say that it is the same")
    func doubles() {
        func videos(_ group: Int?) -> [AlbumChoice.Video] {
            [
                AlbumChoice.Video(start: 100, group: group, candidates: [Self.candidate(12, 4, 0.9)]),
                AlbumChoice.Video(
                    start: 110,
                    group: group,
                    candidates: [Self.candidate(1.5, 4, 0.8), Self.candidate(20, 4, 0.3)]
                ),
                AlbumChoice.Video(start: 111, group: group, candidates: [Self.candidate(1, 4, 0.7)]),
            ]
        }
        let known = AlbumChoice(videos(0), seconds: 20, AlbumOptions())
        #expect(Self.places(known) == [[0, 12], [1, 20]])
        #expect(known.leftOut == [2: "another video shows the same moments"])
        #expect(AlbumChoice(videos(nil), seconds: 20, AlbumOptions()).shots.count == 4)
    }

    @Test("sounds set clocks right: what most say counts, and who is off is told")
    func clocks() {
        let clock = AlbumClock(
            times: [1000, 1105, 1035, 5000, nil],
            links: [.init(0, 1, seconds: 10), .init(0, 2, seconds: 35), .init(3, 4, seconds: -7)]
        )
        #expect(clock.starts == [1000, 1010, 1035, 5000, 4993])
        #expect(clock.ahead == [1: 95])
        #expect(clock.groups == [0, 0, 0, 3, 3])
        let alone = AlbumClock(times: [3, nil], links: [])
        #expect(alone.starts == [3, nil] && alone.groups == [nil, nil])
    }
}
