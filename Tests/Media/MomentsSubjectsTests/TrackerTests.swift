import MomentsAnalysis
import MomentsCore
import Testing

@testable import MomentsSubjects

@Suite("following subjects")
struct TrackerTests {
    private static func tracks(
        _ looks: [(Double, [Detection])],
        cuts: [Double] = [],
        colors: [(cb: UInt8, cr: UInt8)] = []
    ) -> (numbers: [[Int?]], tracks: [SubjectTrack]) {
        var tracker = SubjectTracker(cuts: cuts.map { MediaTime(seconds: $0) })
        let numbers = looks.map { time, finds in
            let boxes = finds.enumerated().map { index, find in
                let color = index < colors.count ? colors[index] : (cb: 128, cr: 128)
                return (find.box, cb: color.cb, cr: color.cr)
            }
            return tracker.add(finds, in: Scenery.colored(boxes), at: MediaTime(seconds: time))
        }
        return (numbers, tracker.finish())
    }

    @Test("one that moves keeps its number")
    func moves() {
        let looks = (0..<20).map { (Double($0) / 4, [Scenery.find(0.03 * Double($0))]) }
        let found = Self.tracks(looks)
        #expect(found.numbers.allSatisfy { $0 == [1] })
        #expect(found.tracks.count == 1 && found.tracks[0].points.count == 20)
        #expect(abs((found.tracks[0].box(at: MediaTime(seconds: 1.125))?.x ?? 0) - 0.135) < 1e-9)
        #expect(found.tracks[0].box(at: MediaTime(seconds: 5)) == nil)
    }

    @Test("a gap of a second is survived, a longer one is not, nor is a cut")
    func gaps() {
        func looks(_ gap: Double) -> [(Double, [Detection])] {
            [(0, [Scenery.find(0.4)]), (0.25, [Scenery.find(0.4)]), (0.25 + gap, [Scenery.find(0.4)])]
        }
        #expect(Self.tracks(looks(1)).tracks.count == 1)
        #expect(Self.tracks(looks(1.25)).tracks.count == 2)
        #expect(Self.tracks(looks(0.25), cuts: [0.4]).tracks.count == 2)
        #expect(Self.tracks(looks(0.25), cuts: [0.6]).tracks.count == 1)
    }

    @Test("two that cross keep their numbers, by the way they go and by their colours")
    func crossing() {
        let looks = (0..<17).map { step -> (Double, [Detection]) in
            let way = 0.04 * Double(step)
            return (Double(step) / 4, [Scenery.find(0.1 + way, 0.3), Scenery.find(0.74 - way, 0.34)])
        }
        let found = Self.tracks(looks, colors: [(cb: 170, cr: 100), (cb: 100, cr: 170)])
        #expect(found.numbers.allSatisfy { $0 == [1, 2] }, "\(found.numbers)")
    }

    @Test("an unsure find goes on with a track, and never begins one")
    func unsure() {
        let found = Self.tracks([
            (0, [Scenery.find(0.4), Scenery.find(0.1, 0.3, 0.2, 0.3)]),
            (0.25, [Scenery.find(0.41, 0.3, 0.2, 0.3)]), (0.5, [Scenery.find(0.42)]),
        ])
        #expect(found.numbers == [[1, nil], [1], [1]])
        #expect(found.tracks.map(\.points.count) == [3])
    }

    @Test("pictures are looked at all over the video, and most of them where moments are about to be chosen")
    func plan() {
        let times = (0..<600).map { MediaTime(seconds: Double($0)) }
        let chosen = [TimeRange(start: MediaTime(seconds: 100), end: MediaTime(seconds: 130))]
        let places = LookPlan.places(times, chosen: chosen, budget: 26)
        #expect(places.count == 26 && places == places.sorted())
        #expect(places.count { (100..<130).contains($0) } >= 17)
        #expect(places.first ?? 600 < 60 && places.last ?? 0 > 540)
        #expect(LookPlan.places(times, chosen: [], budget: 26).count == 26)
        #expect(LookPlan.places(times, chosen: chosen, budget: 700).count == 600)
        #expect(LookPlan.budget(30) == 60 && LookPlan.budget(600) == 16 && LookPlan.budget(7200) == 200)
    }
}
