import FoundationEssentials
import MomentsCore
import MomentsExports
import MomentsTestSupport
import Testing

@Suite("highlight data")
struct HighlightDocumentTests {
    private struct Proof: Encodable, Sendable { let frames = 120 }

    private static func range(_ start: Double, _ end: Double) -> TimeRange {
        TimeRange(start: MediaTime(seconds: start), end: MediaTime(seconds: end))
    }

    private static func document(
        title: String? = nil,
        note: String? = nil,
        poster: HighlightPoster? = nil
    ) -> HighlightDocument<Proof> {
        HighlightDocument(
            source: "beach day.mp4",
            duration: MediaTime(seconds: 600),
            options: JobOptions(title: title),
            analysis: .init(mode: .auto, framesDecodedShare: 1, reason: "every picture was decoded"),
            reelDuration: MediaTime(seconds: 8.855),
            shots: [
                HighlightShot(
                    range: range(12.345, 17.2),
                    reelRange: range(0, 4.855),
                    score: 0.83333,
                    signals: ["loudness": 3, "motion": 2.1],
                    reasons: ["loud burst 3.0 above usual"],
                    copiedShare: 0
                ),
                HighlightShot(
                    range: range(100, 104),
                    reelRange: range(4.855, 8.855),
                    score: 0.5,
                    signals: [:],
                    reasons: []
                ),
            ],
            nearMisses: [HighlightNearMiss(range: range(80, 84), score: 0.61, reasons: ["similar to shot_002"])],
            poster: poster,
            note: note,
            verification: Proof()
        )
    }

    @Test("it says what was chosen, why, where it stands in the reel, and what was proved")
    func golden() throws {
        let file = try Self.document().file()
        #expect(file.name == "highlight.json")
        #expect(
            String(decoding: file.data, as: UTF8.self) == """
                {
                  "analysis" : {
                    "frames_decoded_share" : 1,
                    "mode" : "auto",
                    "reason" : "every picture was decoded"
                  },
                  "duration" : 600,
                  "near_misses" : [
                    {
                      "in" : 80,
                      "out" : 84,
                      "reasons" : [
                        "similar to shot_002"
                      ],
                      "score" : 0.61
                    }
                  ],
                  "quality" : "auto",
                  "reel_duration" : 8.855,
                  "schema" : "momentsd.highlight/1",
                  "shots" : [
                    {
                      "copied_share" : 0,
                      "duration" : 4.855,
                      "in" : 12.345,
                      "out" : 17.2,
                      "reasons" : [
                        "loud burst 3.0 above usual"
                      ],
                      "reel_in" : 0,
                      "reel_out" : 4.855,
                      "score" : 0.833,
                      "shot_id" : "shot_001",
                      "signals" : {
                        "loudness" : 3,
                        "motion" : 2.1
                      }
                    },
                    {
                      "copied_share" : 0,
                      "duration" : 4,
                      "in" : 100,
                      "out" : 104,
                      "reasons" : [

                      ],
                      "reel_in" : 4.855,
                      "reel_out" : 8.855,
                      "score" : 0.5,
                      "shot_id" : "shot_002",
                      "signals" : {

                      }
                    }
                  ],
                  "source" : "beach day.mp4",
                  "target_duration" : 30,
                  "title" : "beach day",
                  "verification" : {
                    "frames" : 120
                  }
                }

                """
        )
    }

    @Test("a title asked for replaces the file's name, and a note is shown")
    func titleAndNote() throws {
        let document = Self.document(title: "Holiday", note: "nothing stood out")
        let text = String(decoding: try document.file().data, as: UTF8.self)
        #expect(text.contains(#""title" : "Holiday""#))
        #expect(text.contains(#""note" : "nothing stood out""#))
    }

    @Test("the poster is told with the time of its picture")
    func poster() throws {
        let poster = HighlightPoster(file: "poster.webp", time: MediaTime(ticks: 100, timescale: 3))
        let file = try Self.document(poster: poster).file()
        let text = String(decoding: file.data, as: UTF8.self)
        let expected = """
            "poster" : {
                "file" : "poster.webp",
                "time" : 33.333333
              }
            """
        #expect(text.contains(expected), "\(text)")
        #expect(try SchemaCheck("highlight").faults(in: Array(file.data)) == [])
    }

    @Test("shots are numbered with at least three digits", arguments: [(1, "shot_001"), (1234, "shot_1234")])
    func names(number: Int, name: String) {
        #expect(HighlightShot.name(number) == name)
    }
}
