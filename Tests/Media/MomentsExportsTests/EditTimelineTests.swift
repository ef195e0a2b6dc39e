import Foundation
import FoundationXML
import MomentsCore
import MomentsExports
import Testing

@Suite("timelines for editors")
struct EditTimelineTests {
    private static let rate = Rational(30_000, 1001)

    private static func frames(_ range: Range<Int64>) -> TimeRange {
        func time(_ frame: Int64) -> MediaTime { MediaTime(ticks: frame * 1001, timescale: 30_000) }
        return TimeRange(start: time(range.lowerBound), end: time(range.upperBound))
    }

    private static func media(_ path: FilePath = "/Volumes/inbox/beach day.mp4") -> EditMedia {
        var media = EditMedia(
            path: path,
            name: path.name,
            duration: frames(0..<18_000).end,
            rate: EditRate(of: rate, isVariable: false),
            width: 1920,
            height: 1080
        )
        (media.channels, media.sampleRate) = (2, 48_000)
        return media
    }

    private static func timeline(
        _ media: EditMedia = media(),
        overlap: Int64 = 0,
        lead: MediaTime = .zero,
        title: String = "beach day"
    ) -> EditTimeline {
        EditTimeline(
            fileName: "highlight",
            title: title,
            media: media,
            lead: lead,
            segments: [
                .init(name: "shot_001", range: frames(1790..<1890), note: "loud burst"),
                .init(name: "shot_002", range: frames(9000..<9061), overlap: frames(0..<overlap).end, note: "a & <b>"),
                .init(name: "shot_003", range: frames(300..<450)),
            ],
            marks: [.init(name: "near miss 1", range: frames(310..<320), note: "similar to shot_001", isChosen: false)]
        )
    }

    private static func text(_ timeline: EditTimeline, _ format: TimelineFormat) throws -> String {
        String(decoding: try TimelineFile.make(of: timeline, in: format).data, as: UTF8.self)
    }

    @Test("a decision list goes on where it stopped, in drop-frame timecode")
    func decisionList() throws {
        let lines = try Self.text(Self.timeline(), .edl).components(separatedBy: "\r\n")
        #expect(
            lines == [
                "TITLE: beach day",
                "FCM: DROP FRAME",
                "",
                "001  BEACHDAY B     C        00:00:59;20 00:01:03;02 00:00:00;00 00:00:03;10",
                "* FROM CLIP NAME: beach day.mp4",
                "* SOURCE FILE: /Volumes/inbox/beach day.mp4",
                "* COMMENT: shot_001: loud burst",
                "* LOC: 00:00:00:00 GREEN   shot_001: loud burst",
                "002  BEACHDAY B     C        00:05:00;10 00:05:02;11 00:00:03;10 00:00:05;11",
                "* FROM CLIP NAME: beach day.mp4",
                "* SOURCE FILE: /Volumes/inbox/beach day.mp4",
                "* COMMENT: shot_002: a & <b>",
                "* LOC: 00:00:03:10 GREEN   shot_002: a & <b>",
                "003  BEACHDAY B     C        00:00:10;00 00:00:15;00 00:00:05;11 00:00:10;11",
                "* FROM CLIP NAME: beach day.mp4",
                "* SOURCE FILE: /Volumes/inbox/beach day.mp4",
                "* COMMENT: shot_003",
                "* LOC: 00:00:05:21 YELLOW  near miss 1 (near miss): similar to shot_001",
                "",
            ]
        )
    }

    @Test("a dissolve is an event of its own that begins where the last one ends, and a card is black")
    func dissolve() throws {
        let timeline = Self.timeline(overlap: 15, lead: MediaTime(ticks: 1001, timescale: 1000))
        let events = try Self.text(timeline, .edl).components(separatedBy: "\r\n").filter { $0.first?.isNumber == true }
        #expect(
            events == [
                "001  BL       V     C        00:00:00;00 00:00:01;00 00:00:00;00 00:00:01;00",
                "002  BEACHDAY B     C        00:00:59;20 00:01:02;17 00:00:01;00 00:00:03;25",
                "003  BEACHDAY B     C        00:01:02;17 00:01:02;17 00:00:03;25 00:00:03;25",
                "003  BEACHDAY B     D    015 00:05:00;10 00:05:02;11 00:00:03;25 00:00:05;26",
                "004  BEACHDAY B     C        00:00:10;00 00:00:15;00 00:00:05;26 00:00:10;26",
            ]
        )
    }

    @Test("rates beyond what timecode can tell are halved, for the decision list alone")
    func fastVideo() throws {
        var media = Self.media()
        media.rate = EditRate(of: Rational(240, 1), isVariable: false)
        let timeline = EditTimeline(
            fileName: "highlight",
            title: "slow",
            media: media,
            segments: [
                .init(name: "shot_001", range: TimeRange(start: MediaTime(seconds: 1), end: MediaTime(seconds: 2.5)))
            ]
        )
        #expect(try Self.text(timeline, .edl).contains("00:00:01:00 00:00:02:30 00:00:00:00 00:00:01:30"))
        #expect(try Self.text(timeline, .fcpxml).contains(#"frameDuration="1/240s""#))
    }

    @Test("Final Cut's times are whole frames as exact fractions, and clips follow on each other")
    func finalCut() throws {
        var media = Self.media()
        media.timecode = "01:00:00;00"
        let text = try Self.text(Self.timeline(media), .fcpxml)
        let document = try XMLDocument(data: Data(text.utf8))
        func attributes(_ name: String, _ path: String) throws -> [String] {
            try document.nodes(forXPath: path).compactMap { ($0 as? XMLElement)?.attribute(forName: name)?.stringValue }
        }
        #expect(try attributes("frameDuration", "//format") == ["1001/30000s"])
        #expect(try attributes("offset", "//asset-clip") == ["0s", "1001/300s", "161161/30000s"])
        #expect(try attributes("duration", "//asset-clip") == ["1001/300s", "61061/30000s", "1001/200s"])
        // An hour of timecode has 107 892 frames.
        #expect(try attributes("start", "//asset-clip").first == "\(109_682 * 1001 / 2)/15000s")
        #expect(try attributes("value", "//marker") == ["shot_001", "shot_002", "near miss 1 (near miss)"])
        #expect(try attributes("note", "//marker") == ["loud burst", "a & <b>", "similar to shot_001"])
        #expect(try attributes("src", "//media-rep") == ["file:///Volumes/inbox/beach%20day.mp4"])
        #expect(try attributes("tcFormat", "//sequence") == ["DF"])
    }

    @Test("OpenTimelineIO has clips cut in the middle of a dissolve, whose halves the transition tells")
    func openTimeline() throws {
        let timeline = Self.timeline(overlap: 15)
        let root = try #require(
            try JSONSerialization.jsonObject(with: try TimelineFile.make(of: timeline, in: .otio).data)
                as? [String: Any]
        )
        let tracks = try #require((root["tracks"] as? [String: Any])?["children"] as? [[String: Any]])
        #expect(tracks.map { $0["kind"] as? String } == ["Video", "Audio"])
        let children = try #require(tracks[0]["children"] as? [[String: Any]])
        #expect(
            children.map { $0["OTIO_SCHEMA"] as? String } == ["Clip.1", "Transition.1", "Clip.1", "Clip.1"]
        )
        func value(_ any: Any?) -> Int? { ((any as? [String: Any])?["value"] as? NSNumber)?.intValue }
        func range(_ clip: [String: Any]) -> [Int?] {
            let range = clip["source_range"] as? [String: Any]
            return [value(range?["start_time"]), value(range?["duration"])]
        }
        #expect(range(children[0]) == [1790, 92])
        #expect([value(children[1]["in_offset"]), value(children[1]["out_offset"])] == [7, 8])
        #expect(range(children[2]) == [9007, 54])
        #expect(range(children[3]) == [300, 150])
    }

    @Test("MLT's entries are frames with the last one included, and a dissolve is a tractor of its own")
    func mlt() throws {
        let document = try XMLDocument(data: try TimelineFile.make(of: Self.timeline(overlap: 15), in: .mlt).data)
        let entries = try document.nodes(forXPath: "//playlist/entry").compactMap { $0 as? XMLElement }
        func row(_ element: XMLElement) -> [String] {
            ["producer", "in", "out"].map { element.attribute(forName: $0)?.stringValue ?? "" }
        }
        #expect(
            entries.map(row) == [
                ["source", "1790", "1874"], ["mix1", "0", "14"], ["source", "9015", "9060"], ["source", "300", "449"],
            ]
        )
        let tracks = try document.nodes(forXPath: "//tractor[@id='mix1']/track").compactMap { $0 as? XMLElement }
        #expect(tracks.map(row) == [["source", "1875", "1889"], ["source", "9000", "9014"]])
        let rates = try document.nodes(forXPath: "//profile/@frame_rate_den").map(\.stringValue)
        #expect(rates == ["1001"])
    }

    @Test(
        "names of any bytes break no format",
        arguments: [
            FilePath("/in/<script>alert('x')</script> & \"q\".mp4"), FilePath("/in/a\nb\r\u{1B}[31m\u{202E}gpj.mp4"),
            FilePath(bytes: Array("/in/".utf8) + [0xFF, 0xFE] + Array(".mp4".utf8)), FilePath("/in/]]>%00?#.mp4"),
        ]
    )
    func hostileNames(path: FilePath) throws {
        let timeline = Self.timeline(Self.media(path), title: path.name.text)
        for format in [TimelineFormat.fcpxml, .mlt] {
            _ = try XMLDocument(data: try TimelineFile.make(of: timeline, in: format).data)
        }
        _ = try JSONSerialization.jsonObject(with: try TimelineFile.make(of: timeline, in: .otio).data)
        let lines = try Self.text(timeline, .edl).components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.isEmpty || $0.first?.isNumber == true || "TF*".contains($0.prefix(1)) })
        #expect(lines.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 32 } })
    }

    @Test(
        "addresses of files are those of Unix, of drives and of shares",
        arguments: [
            ("/srv/a b/ü#1.mp4", "file:///srv/a%20b/%C3%BC%231.mp4"), ("Z:\\inbox\\a.mp4", "file:///Z:/inbox/a.mp4"),
            ("\\\\nas\\video\\a.mp4", "file://nas/video/a.mp4"),
        ]
    )
    func addresses(path: String, url: String) throws {
        #expect(try Self.text(Self.timeline(Self.media(FilePath(path))), .otio).contains("\"\(url)\""))
    }
}
