import MomentsAnalysis
import MomentsCore
import MomentsSelection
import Testing

@Suite("the choice among what is said")
struct SpokenTests {
    /// Sentences of 4 s with half a second of quiet between them, over an even picture with short gestures.
    private let sentences = (0..<40).map { (number: Int) -> Range<Double> in
        let start = 1 + 4.5 * Double(number)
        return start..<start + 4
    }

    private func story() -> Story {
        var story = Story(seconds: 182)
        // Gestures in the middle of sentences draw shots to them.
        story.motion = stride(from: 2, to: 40, by: 3).map { number in
            let start = sentences[number].lowerBound
            return (start + 1.6..<start + 2.4, 30)
        }
        return story
    }

    private func spoken(_ change: (Int) -> (worth: Double, isQuestion: Bool) = { _ in (1, false) }) -> Spoken {
        Spoken(
            sentences.enumerated().map { index, range in
                let (worth, isQuestion) = change(index)
                return .init(
                    start: range.lowerBound,
                    end: range.upperBound,
                    worth: worth,
                    isQuestion: isQuestion,
                    text: "Sentence \(index)."
                )
            }
        )
    }

    private func cuts(_ selection: Selection) -> Int {
        selection.shots.flatMap { [$0.range.start.seconds, $0.range.end.seconds] }.count { edge in
            sentences.contains { $0.lowerBound + 0.1 < edge && edge < $0.upperBound - 0.1 }
        }
    }

    @Test("no sentence is cut into, and the reel is about as long as asked for")
    func whole() {
        let (signals, options) = (story().signals, JobOptions(targetDuration: 30))
        let without = Selector.select(signals, options: options)
        #expect(cuts(without) > 4)
        let selection = Selector.select(signals, options: options, spoken: spoken())
        #expect(cuts(selection) == 0)
        #expect(abs(selection.duration - 30) < 5)
        #expect(selection.shots.count > 2)
        #expect(selection.shots.allSatisfy { $0.reasons.first?.hasPrefix("it says “Sentence ") == true })
    }

    @Test("telling sentences come before others")
    func telling() {
        let told = Set([7, 18, 31])
        let selection = Selector.select(
            story().signals,
            options: JobOptions(targetDuration: 20),
            spoken: spoken { (told.contains($0) ? 3 : 0.9, false) }
        )
        let shown = told.filter { index in
            selection.shots.contains {
                $0.range.start.seconds <= sentences[index].lowerBound + 0.1
                    && $0.range.end.seconds >= sentences[index].upperBound - 0.1
            }
        }
        #expect(shown == told)
    }

    @Test("a question is shown with its answer")
    func answer() {
        let selection = Selector.select(
            story().signals,
            options: JobOptions(targetDuration: 20),
            spoken: spoken { ($0 == 12 ? 4 : 1, $0 == 12) }
        )
        let shot = selection.shots.first { $0.range.start.seconds < 57 && $0.range.end.seconds > 57 }
        #expect((shot?.range.start.seconds ?? 99) <= sentences[12].lowerBound)
        #expect((shot?.range.end.seconds ?? 0) >= sentences[13].upperBound)
    }

    @Test("without words nothing changes")
    func none() {
        let options = JobOptions(targetDuration: 30)
        let signals = story().signals
        #expect(Selector.select(signals, options: options, spoken: .none) == Selector.select(signals, options: options))
        let selection = Selector.select(signals, options: options)
        #expect(!Explanation(signals, selection).signals.contains("words"))
        #expect(Explanation(signals, selection, spoken: spoken()).signals.last == "words")
    }

    @Test("pins and bans count as ever")
    func edits() {
        var options = JobOptions(targetDuration: 25)
        options.pin = [RequestedRange(start: 100, end: 103)]
        options.ban = [RequestedRange(start: 30, end: 60)]
        let selection = Selector.select(story().signals, options: options, spoken: spoken())
        #expect(selection.shots.contains { $0.range.start.seconds == 100 && $0.range.end.seconds == 103 })
        #expect(!selection.shots.contains { $0.range.start.seconds < 60 && $0.range.end.seconds > 30 })
    }
}
