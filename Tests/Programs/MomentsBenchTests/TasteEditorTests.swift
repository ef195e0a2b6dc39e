import MomentsBench
import MomentsCore
import Testing

@Suite("editors with hidden preferences, and truths made of edits")
struct TasteEditorTests {
    /// A reel of two shots with two near misses, in a clip of forty seconds that is loud towards its end.
    private let rehearsal = Rehearsal(
        shots: [RequestedRange(start: 2, end: 6), RequestedRange(start: 30, end: 34)],
        nearMisses: [RequestedRange(start: 10, end: 14), RequestedRange(start: 35, end: 39)],
        interval: 0.2,
        curves: ["loudness": (0..<200).map { Float($0) / 200 }, "motion": [Float](repeating: 0.5, count: 200)]
    )
    private let truth = JudgedTruth(duration: 40, events: [.init(Span(10, 14), weight: 5)])

    @Test("one who likes what is loud bans the quietest shot and pins the loudest near miss; its best is at the end")
    func likes() throws {
        let worth = try #require(TasteEditor.loudness.worth(rehearsal, truth))
        let edit = TasteEditor.loudness.edit(rehearsal, worth, seed: 1)
        #expect(edit.pin == [rehearsal.nearMisses[1]] && edit.ban == [rehearsal.shots[0]])
        #expect(TasteEditor.recall(rehearsal, worth) < 0.5)
        // Where nothing of it is known, that editor has nothing to say.
        #expect(TasteEditor.motion.worth(rehearsal, truth) == nil && TasteEditor.faces.worth(rehearsal, truth) == nil)
    }

    @Test("a poisoner bans the best and pins the worst, and chance is the same for the same seed")
    func hostile() throws {
        let worth = try #require(TasteEditor.poisoner.worth(rehearsal, truth))
        #expect(TasteEditor.poisoner.edit(rehearsal, worth, seed: 1).pin == [rehearsal.nearMisses[1]])
        let (one, same) = (
            TasteEditor.random.edit(rehearsal, worth, seed: 7), TasteEditor.random.edit(rehearsal, worth, seed: 7)
        )
        #expect(one.pin == same.pin && one.ban == same.ban)
        #expect(TasteEditor.recall(rehearsal, worth) == 0)
    }

    @Test("what was preferred in edits is worth showing, what was not had better not be")
    func truths() {
        func stretch(_ start: Double, _ end: Double) -> TasteStretch {
            TasteStretch(start: start, end: end, signals: [:])
        }
        func judgment(_ better: TasteStretch, _ worse: TasteStretch, _ weight: Double) -> Judgment {
            Judgment(
                at: Timestamp(milliseconds: 0),
                job: "j",
                video: "v",
                name: "a.mp4",
                duration: 50,
                kind: .edit,
                pair: TastePair(better, over: worse, weight: weight)
            )
        }
        let truth = JudgedTruth(
            [
                judgment(stretch(10, 14), stretch(20, 22), 0.5), judgment(stretch(10, 14), stretch(30, 33), 0.5),
                judgment(stretch(20, 22), stretch(30, 33), 0.25),
            ],
            of: "a.mp4"
        )
        #expect(truth.duration == 50 && truth.events.map(\.span) == [Span(10, 14), Span(20, 22)])
        #expect(truth.events.map(\.weight) == [5, 2])
        #expect(truth.avoided.map(\.span) == [Span(30, 33)] && truth.avoided.allSatisfy { !$0.isHard })
    }
}
