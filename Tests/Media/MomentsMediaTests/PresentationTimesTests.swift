internal import MomentsMedia
internal import Testing

@Suite("putting pictures where they belong")
struct PresentationTimesTests {
    @Test("slips fill the holes among their neighbours, in the order of their own times")
    func slips() {
        // Shown 0, 40 … 400; 120 and 160 stand an hour ahead, in the order they are decoded in.
        var times = PresentationTimes([0, 40, 80, 3_600_160, 3_600_120, 200, 240, 280, 320, 360, 400])
        times.place([3, 4], step: 40) { _ in -1 }
        #expect(times.pts == [0, 40, 80, 160, 120, 200, 240, 280, 320, 360, 400])
        #expect(times.changed == [3, 4])
        times = PresentationTimes([0, 40, 80, 90_000])
        times.place([3], step: 40) { Int64($0) * 40 }
        #expect(times.pts.last == 120)
    }

    @Test("pictures that share a time are spread until the next one, not farther apart than usual")
    func spreading() {
        let shared: [Int64] = [0, 0, 80, 80, 81, 200, 1000, 1000]
        #expect(PresentationTimes.hasRepeats(shared, least: 1) { _ in true })
        #expect(!PresentationTimes.hasRepeats([0, 80, 40, 120], least: 1) { _ in true })
        #expect(PresentationTimes.hasRepeats([0, 1, 80], least: 5) { _ in true })
        #expect(!PresentationTimes.hasRepeats([0, 0, 80], least: 1) { $0 != 1 })
        var times = PresentationTimes(shared)
        #expect(times.spread(step: 40, least: 5) { _ in true } == 4)
        #expect(times.pts == [0, 40, 80, 120, 160, 200, 1000, 1040])
    }
}
