import MomentsWords
import Testing

@Suite("captions of a reel")
struct ReelCaptionsTests {
    private let cues = [
        Cue(start: 1, end: 3, text: "One two three four", times: [2: 2]),
        Cue(start: 10, end: 12, text: "Five <six> & seven --> eight"),
        Cue(start: 12, end: 13, text: "[music]"),
    ]

    @Test("cues are cut with the shots, moved with them, and hold the words that are heard")
    func cut() {
        let captions = ReelCaptions(
            cues,
            shots: [.init(start: 10, end: 14, place: 0.5), .init(start: 2, end: 5, place: 4.5)]
        )
        #expect(captions.cues.map(\.text) == ["Five <six> & seven --> eight", "[music]", "three four"])
        #expect(captions.cues.map(\.start) == [0.5, 2.5, 4.5])
        #expect(captions.cues.map(\.end) == [2.5, 3.5, 5.5])
    }

    @Test("nothing in them is markup")
    func escaped() {
        let captions = ReelCaptions(cues, shots: [.init(start: 10, end: 12, place: 0)])
        #expect(
            captions.webVTT
                == "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nFive &lt;six&gt; &amp; seven --&gt; eight\n"
        )
        #expect(captions.subRip == "1\n00:00:00,000 --> 00:00:02,000\nFive ‹six› & seven --› eight\n\n")
    }

    @Test("a long text stands in several lines, all of its words once")
    func lines() throws {
        let text = (1...30).map { "word\($0)" }.joined(separator: " ")
        let captions = ReelCaptions([Cue(start: 0, end: 9, text: text)], shots: [.init(start: 0, end: 9, place: 0)])
        let again = try Transcript(Array(captions.webVTT.utf8))
        #expect(again.cues.map(\.text) == [text])
        #expect(captions.webVTT.split(separator: "\n").allSatisfy { $0.count <= 50 })
    }
}
