import Foundation
import MomentsCore
import MomentsExports
import MomentsSystem
import Testing

@Suite("the report")
struct ReportTests {
    private static func range(_ start: Double, _ end: Double) -> TimeRange {
        TimeRange(start: MediaTime(seconds: start), end: MediaTime(seconds: end))
    }

    private static func report(_ name: FilePath, title: String? = nil, asked: JobOptions? = nil, preset: String? = nil)
        throws -> String
    {
        var facts = ReportFacts(
            name: name,
            title: title ?? name.stem.text,
            duration: MediaTime(seconds: 100),
            reelDuration: MediaTime(seconds: 9),
            targetDuration: 10
        )
        facts.shots = [.init(name: "shot_001", range: range(10, 19), score: 0.8, reasons: ["loud & <b>lively</b>"])]
        facts.nearMisses = [.init(name: "near miss 1", range: range(50, 53), score: 0.6, reasons: ["too late"])]
        facts.scores = (0..<100).map { Double($0 % 7) / 7 }
        facts.scenes = [
            .init(
                range: range(0, 40),
                transition: "cut",
                importance: 3,
                file: nil,
                image: Data([1, 2]),
                type: "image/jpeg"
            ),
            .init(
                range: range(40, 100),
                transition: "fade",
                importance: 9,
                file: "scenes/scene_002.jpg",
                image: nil,
                type: ""
            ),
        ]
        facts.technical = [.init("Video", "h264 \"High\"")]
        facts.work = [.init("Stage probe", "0.1 s")]
        facts.troubles = ["nothing stood out <hr>"]
        facts.files = ["highlight.json"]
        facts.asked = asked
        facts.preset = preset
        return String(decoding: try ReportDocument(facts).file().data, as: UTF8.self)
    }

    @Test("the editor starts from what was asked for before, and keeps the rest of it")
    func asked() throws {
        var options = JobOptions()
        options.quality = .medium
        options.title = "A <day>"
        options.want = ["cake"]
        options.pin = [RequestedRange(start: 10, end: 19)]
        options.ban = [RequestedRange(start: 3, end: 4.5)]
        let text = try Self.report("a.mp4", asked: options)
        for expected in [
            #""kept":{"aspect":"source","quality":"medium","title":"A \u003cday\u003e","want":["cake"]}"#,
            #""pins":[{"in":10,"out":19}]"#, #""bans":[{"in":3,"out":4.5}]"#, #""exact":0"#,
        ] { #expect(text.contains(expected), "\(expected)") }
        let kept =
            #""kept":{"aspect":"source","captions":"off","learn":"folder","marks":"trust","#
            + #""preset":"family \u003cx\u003e","quality":"medium","#
        #expect(try Self.report("a.mp4", asked: options, preset: "family <x>").contains(kept))
        options.segments = [RequestedRange(start: 1, end: 2)]
        #expect(try Self.report("a.mp4", asked: options).contains(#""exact":1"#))
    }

    @Test("a voice stays with the reel that is edited, in its language, and its words where they were")
    func voice() throws {
        var options = JobOptions()
        (options.voiceOver, options.language) = (.text("A <b> day."), .german)
        let kept = #""kept":{"aspect":"source","captions":"off","language":"de","quality":"auto","style":"modern","#
        #expect(
            try Self.report("a.mp4", asked: options).contains(kept + #""voice_over":"A \u003cb\u003e day."}"#)
        )
        options.voiceOver = .script
        #expect(try Self.report("a.mp4", asked: options).contains(#""voice_over":true}"#))
    }

    @Test("it says in words what was chosen, what nearly was and what was wrong, without any script")
    func words() throws {
        let text = try Self.report("beach day.mp4")
        for expected in [
            "<h1>beach day</h1>", "00:00:10.000", "loud &amp; &lt;b&gt;lively", "near miss 1", "too late",
            "nothing stood out &lt;hr&gt;", "Stage probe", "h264 &quot;High&quot;", "src=\"highlight.mp4\"",
            "src=\"data:image/jpeg;base64,AQI=\"", "src=\"scenes/scene_002.jpg\"", "href=\"highlight.json\"",
            "2 · 00:00:40 · 60.0 s · 9/10, fade", "lang=\"en\"", "name=\"viewport\"",
        ] { #expect(text.contains(expected), "\(expected)") }
        // The one address is the name of a vocabulary, which nobody loads.
        let rest = text.replacing("http://www.w3.org/2000/svg", with: "")
        #expect(!rest.contains("http://") && !rest.contains("https://"))
    }

    @Test(
        "no name becomes markup, ends an element, or hides what it is",
        arguments: [
            FilePath("<script>alert(1)</script>.mp4"), FilePath("\"><img src=x onerror=alert(1)>.mp4"),
            FilePath("</script><script>alert(1)//.mp4"), FilePath("a\n\r\u{202E}4pm.exe"), FilePath("'-->]]>{{x}}.mp4"),
            FilePath(bytes: [0xFF, 0x3C, 0x62, 0x3E]),
        ]
    )
    func hostileNames(name: FilePath) throws {
        let (plain, hostile) = (try Self.report("a.mp4"), try Self.report(name))
        func count(_ text: String, _ part: String) -> Int { text.components(separatedBy: part).count }
        for part in ["<script", "</script", "<img", "<b>", "-->", "\u{202E}"] {
            #expect(count(hostile, part) == count(plain, part), "\(part)")
        }
    }

    @Test("only its own style and script may run, which the policy knows by their digests")
    func policy() throws {
        let text = try Self.report("a.mp4")
        func inside(_ start: String, _ end: String) throws -> String {
            let from = try #require(text.range(of: start)).upperBound
            return String(text[from..<(try #require(text.range(of: end, range: from..<text.endIndex))).lowerBound])
        }
        let policy = try inside("Content-Security-Policy\" content=\"", "\"")
        #expect(policy.hasPrefix("default-src &#39;none&#39;"))
        for content in [try inside("<style>", "</style>"), try inside("<script>", "</script>")] {
            var digest = SHA256()
            digest.update(Array(content.utf8))
            let hex = Array(digest.finish())
            let bytes = stride(from: 0, to: 64, by: 2).compactMap { UInt8(String(hex[$0...$0 + 1]), radix: 16) }
            #expect(policy.contains("sha256-" + Data(bytes).base64EncodedString()))
        }
        #expect(!policy.contains("unsafe"))
        #expect(!text.contains(" style=\"") && !text.contains(" onclick="))
    }

    @Test("what the editor starts from is the exact data")
    func data() throws {
        let text = try Self.report("<a>&b.mp4")
        let from = try #require(text.range(of: "id=\"data\">")).upperBound
        let until = try #require(text.range(of: "</script>", range: from..<text.endIndex)).lowerBound
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(text[from..<until].utf8)) as? [String: Any]
        )
        #expect(object["request"] as? String == "<a>&b.mp4.request.json")
        #expect((object["shots"] as? [[String: Any]])?.first?["out"] as? Double == 19)
        #expect(object["target"] as? Double == 10)
    }
}
