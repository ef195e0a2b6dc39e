import FoundationEssentials
import MomentsCore
import Testing

@Suite("learning a taste")
struct TasteFitTests {
    /// Edits in each of which one signal was higher in what was kept, and all others as they come.
    private func edits(
        _ count: Int,
        _ kind: TasteLesson.Kind = .edit,
        from first: Int = 0,
        like make: (Int) -> [String: (Double, Double)]
    ) -> [Judgment] {
        (first..<first + count).flatMap { number -> [Judgment] in
            (0..<4).map { part in
                let signals = make(number * 4 + part)
                return Judgment(
                    at: Timestamp(milliseconds: Int64(number) * 1000),
                    job: "job \(number)",
                    video: "video \(number)",
                    name: nil,
                    kind: kind,
                    pair: TastePair(
                        TasteStretch(start: 1, end: 4, signals: signals.mapValues(\.0)),
                        over: TasteStretch(start: 8, end: 12, signals: signals.mapValues(\.1)),
                        weight: 0.25
                    )
                )
            }
        }
    }

    /// Numbers from 0 to 1 that look like chance and are always the same.
    private func noise(_ number: Int, _ salt: Int) -> Double {
        var hash = UInt64(truncatingIfNeeded: number &* 7919 &+ salt &* 104_729) &* 0x9E37_79B9_7F4A_7C15
        hash = (hash ^ hash >> 29) &* 0xBF58_476D_1CE4_E5B9
        return Double((hash ^ hash >> 32) & 0xffff) / 65_535
    }

    private func all(_ number: Int, except: [String: (Double, Double)] = [:]) -> [String: (Double, Double)] {
        var signals: [String: (Double, Double)] = [:]
        for (salt, signal) in TasteSignal.allCases.enumerated() {
            signals[signal.rawValue] = (noise(number, salt), noise(number, salt + 100))
        }
        return signals.merging(except) { $1 }
    }

    private func likesMotion(_ number: Int) -> [String: (Double, Double)] {
        all(number, except: ["motion": (0.75 + 0.25 * noise(number, 7), 0.25 * noise(number, 8))])
    }

    @Test("without an edit nothing changes, whatever was left as it was")
    func nothing() {
        #expect(TasteFit.taste(from: []) == .none)
        #expect(TasteFit.taste(from: edits(50, .kept, like: likesMotion)) == .none)
        #expect(Taste.none.isNone && Taste.none.words.isEmpty)
    }

    @Test("what is kept again and again counts more, says so, and more so with more edits")
    func learns() {
        let (few, many) = (
            TasteFit.taste(from: edits(10, like: likesMotion)), TasteFit.taste(from: edits(30, like: likesMotion))
        )
        #expect(few.edits == 10 && many.edits == 30)
        #expect(few.weight(of: .motion) > 1.2)
        #expect(many.weight(of: .motion) > few.weight(of: .motion))
        #expect(many.words.first?.hasPrefix("you often keep fast motion: +") == true, "\(many.words)")
        #expect(TasteFit.taste(from: edits(30, like: likesMotion)) == many)
    }

    @Test("no file however large or hostile moves a weight out of its bounds")
    func bounds() {
        let hostile = edits(
            500,
            like: { number in
                Dictionary(
                    uniqueKeysWithValues: TasteSignal.allCases.map {
                        ($0.rawValue, $0.shipped > 0 ? (0.0, 1.0) : (number % 2 == 0 ? (1.0, 0.0) : (1.0, 0.1)))
                    }
                )
            }
        )
        let taste = TasteFit.taste(from: hostile)
        for signal in TasteSignal.allCases {
            #expect(signal.bounds.contains(taste.weight(of: signal)), "\(signal)")
        }
        let forged = Taste(edits: 1, weights: ["motion": 1e9, "calm": -1e9, "faces": .nan, "unheard of": 3])
        #expect(forged.weight(of: .motion) == 4 && forged.weight(of: .calm) == 0 && forged.weight(of: .faces) == 0.6)
        #expect(forged.weights.count == 2)
    }

    @Test("of the edits of one video the last one's count, and what was left as it was once another reel was edited")
    func counted() {
        let first = edits(1, like: likesMotion)
        let again = first.map {
            Judgment(at: $0.at, job: "later", video: $0.video, name: nil, kind: .edit, pair: $0.pair)
        }
        #expect(TasteFit.counted(first + again).map(\.job) == ["later", "later", "later", "later"])
        let (before, edited, after) = (
            edits(1, .kept, from: 1, like: likesMotion), edits(1, from: 2, like: likesMotion),
            edits(1, .kept, from: 3, like: likesMotion)
        )
        #expect(Set(TasteFit.counted(before + edited + after).map(\.job)) == ["job 1", "job 2"])
    }

    @Test("lines that no service writes do not decode")
    func lines() throws {
        let judgment = edits(1, like: likesMotion)[0]
        let line = String(decoding: try MomentsJSON.line(judgment), as: UTF8.self)
        func decodes(_ text: String) -> Bool { (try? MomentsJSON.decode(Judgment.self, from: Data(text.utf8))) != nil }
        #expect(try MomentsJSON.decode(Judgment.self, from: Data(line.utf8)) == judgment)
        #expect(!decodes(line.replacing("judgment/1", with: "judgment/9")))
        #expect(!decodes(line.replacing("\"weight\":0.25", with: "\"weight\":25")))
        #expect(!decodes(line.replacing("\"in\":1,", with: "\"in\":-1,")))
        #expect(!decodes(line.replacing("\"in\":1,", with: "\"in\":5,")))
        #expect(!decodes(line.replacing("\"motion\":0", with: "\"motion\":70")))
        #expect(!line.contains("name"))
    }
}
