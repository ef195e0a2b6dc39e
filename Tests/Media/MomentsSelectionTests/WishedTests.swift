import MomentsAnalysis
import MomentsCore
import MomentsSelection
import Testing

@Suite("the choice of what is wished")
struct WishedTests {
    private func curve(_ seconds: Double, _ wished: [(Range<Double>, Float)]) -> Wished {
        Wished(
            (0..<Int(seconds / VisualCurves.interval)).map { index in
                let time = (Double(index) + 0.5) * VisualCurves.interval
                return wished.first { $0.0.contains(time) }?.1 ?? 0
            }
        )
    }

    /// Two lively moments, and two that only a wish tells of.
    private var story: Story {
        var story = Story(seconds: 120)
        story.cuts = [20, 40, 60, 80, 100]
        story.places = (0..<6).map { (Double($0) * 20..<Double($0 + 1) * 20, $0) }
        story.motion = [(28..<32, 25), (88..<92, 25)]
        return story
    }

    private func shows(_ selection: Selection, _ seconds: Double) -> Bool {
        selection.shots.contains { $0.range.start.seconds <= seconds && seconds < $0.range.end.seconds }
    }

    @Test("what is wanted is in the reel, and it is said; what is not wanted is not")
    func wanted() {
        let (signals, options) = (story.signals, JobOptions(targetDuration: 14))
        let plain = Selector.select(signals, options: options)
        #expect(shows(plain, 30) && shows(plain, 90))
        let wished = curve(120, [(48..<52, 1), (108..<112, 1), (28..<32, -1)])
        let selection = Selector.select(signals, options: options, wished: wished)
        #expect(shows(selection, 50) && shows(selection, 110) && !shows(selection, 30))
        let asked = selection.shots.filter { $0.reasons.first == "it is what was asked for" }
        #expect(asked.count == 2)
    }

    @Test("a wish of nothing changes nothing")
    func nothing() {
        let (signals, options) = (story.signals, JobOptions(targetDuration: 14))
        let plain = Selector.select(signals, options: options)
        #expect(Selector.select(signals, options: options, wished: curve(120, [])) == plain)
        #expect(Selector.select(signals, options: options, wished: .none) == plain)
    }
}
