import MomentsAnalysis
import MomentsCore
import MomentsSelection
import Testing

@Suite("what somebody marked")
struct MarkTests {
    private func select(
        _ story: Story,
        _ marks: [Mark],
        target: Double = 30,
        _ change: (inout JobOptions) -> Void = { _ in }
    ) -> Selection {
        var options = JobOptions(targetDuration: target)
        change(&options)
        return Selector.select(story.signals, options: options, marks: marks)
    }

    /// Seconds of a stretch that a reel shows.
    private func shown(_ stretch: Range<Double>, _ selection: Selection) -> Double {
        selection.shots.reduce(0) { sum, shot in
            let from = max(shot.range.start.seconds, stretch.lowerBound)
            return sum + max(0, min(shot.range.end.seconds, stretch.upperBound) - from)
        }
    }

    @Test("the eight seconds before a mark and two behind are in the reel, where nothing tells more, with the reason")
    func leansBack() {
        let story = Story(seconds: 240, motion: [(100..<110, 30)])
        let selection = select(story, [Mark(.hilight, at: 60), Mark(.chapter, at: 170, title: "Goal")])
        #expect(shown(52..<62, selection) > 9.5)
        #expect(shown(162..<172, selection) > 9.5)
        #expect(abs(selection.duration - 30) < 0.6)
        let reasons = selection.shots.flatMap(\.reasons)
        #expect(reasons.contains("marked: HiLight at 60.0 s") && reasons.contains("marked: chapter 'Goal' at 170.0 s"))
        #expect(shown(100..<110, selection) > 5)
        #expect(selection.note?.contains("marks") != true)
    }

    @Test("what stands out before a mark is shown, and not the calm around it")
    func fitted() {
        let story = Story(seconds: 240, motion: [(56..<58, 40)], loud: [(56..<58, -15)])
        let selection = select(story, [Mark(.hilight, at: 60)], target: 12)
        let shot = selection.shots.first { $0.range.start.seconds < 57 && 57 < $0.range.end.seconds }
        #expect(shot?.reasons.first == "marked: HiLight at 60.0 s")
        #expect(shown(56..<60, selection) > 3.9)
        #expect(shot.map { $0.range.start.seconds > 53.5 && $0.range.duration.seconds < 8 } == true)
    }

    @Test("a hint is one sign among others, and what is off is not heeded", arguments: [MarkPolicy.hint, .off])
    func policies(_ policy: MarkPolicy) {
        let story = Story(seconds: 240, motion: [(100..<110, 30), (180..<190, 30)])
        let marks = [Mark(.shotMark, at: 60)]
        let selection = select(story, marks, target: 20) { $0.marks = policy }
        if policy == .off {
            #expect(selection == select(story, [], target: 20))
        } else {
            #expect(shown(52..<62, selection) > shown(52..<62, select(story, [], target: 20)) + 1)
            #expect(selection.shots.contains { $0.reasons.first == "marked: shot mark at 60.0 s" })
        }
    }

    @Test("thirty marks share a reel of twenty seconds; those without room are counted")
    func many() {
        let story = Story(seconds: 600)
        let marks = (1...30).map { Mark(.hilight, at: Double($0) * 19) }
        let selection = select(story, marks, target: 20)
        #expect(abs(selection.duration - 20) < 1)
        let seen = marks.filter { shown($0.start - 8..<$0.start + 2, selection) > 0 }.count
        #expect(seen >= 12)
        for shot in selection.shots {
            let (start, end) = (shot.range.start.seconds, shot.range.end.seconds)
            #expect(marks.contains { start >= $0.start - 8.3 && end <= $0.start + 2.3 })
        }
        #expect(selection.note?.contains("There was no room for \(30 - seen) of the marks") == true)
        let few = select(story, Array(marks.prefix(4)), target: 20)
        for mark in marks.prefix(4) { #expect(shown(mark.start - 8..<mark.start + 2, few) > 4) }
    }

    @Test("what is banned is not shown though it is marked, what is pinned is, and marks near each other are one shot")
    func edits() {
        let story = Story(seconds: 240)
        let marks = [Mark(.hilight, at: 60), Mark(.hilight, at: 61), Mark(.hilight, at: 120)]
        let selection = select(story, marks) {
            $0.ban = [RequestedRange(start: 100, end: 130)]
            $0.pin = [RequestedRange(start: 56, end: 58)]
        }
        #expect(shown(100..<130, selection) == 0)
        #expect(shown(56..<58, selection) > 1.99)
        let starts = selection.shots.map(\.range.start)
        #expect(starts == starts.sorted())
        #expect(zip(selection.shots, selection.shots.dropFirst()).allSatisfy { $0.range.end <= $1.range.start })
        let plain = select(story, Array(marks.prefix(2)), target: 15)
        #expect(plain.shots.count { $0.reasons.contains { $0.hasPrefix("marked") } } == 1)
    }

    @Test("chapters of a film, which begin with its cuts, are no marks; a single one shows what begins there")
    func chapters() {
        let cuts = [60.0, 120, 180]
        let story = Story(seconds: 240, cuts: cuts, motion: [(90..<95, 30)])
        let film = cuts.map { Mark(.chapter, at: $0) }
        #expect(select(story, film) == select(story, []))
        let one = select(story, [Mark(.chapter, at: 120)])
        #expect(shown(120..<130, one) > 9)
        #expect(shown(112..<120, one) < 1)
    }

    @Test("the table of reasons has a column for marks, and a whole recording that was kept has its reason")
    func explained() throws {
        let story = Story(seconds: 60)
        let marks = [Mark(.hilight, at: 30)]
        let selection = select(story, marks, target: 15)
        let explanation = Explanation(story.signals, selection, marks: marks)
        let column = try #require(explanation.signals.firstIndex(of: "mark"))
        let rows = explanation.rows
        #expect(rows[25].ranks[column].map { $0 > 0.9 } == true)
        #expect(rows[50].ranks[column].map { $0 < 0.1 } == true)
        #expect(Explanation(story.signals, selection).rows[25].ranks[column] == nil)
        let alarm = select(story, [Mark(.event, at: 0, end: 60)], target: 15)
        #expect(alarm.shots.allSatisfy { $0.reasons.first == "marked: the camera's own alarm" })
    }
}
