internal import Foundation
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsTestSupport
internal import Testing

@Suite("taking over coded frames", .scratchFolder)
struct SmartCutTests {
    /// A source whose complete groups can be taken over, or why they cannot.
    struct Kind: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var name = "a.mp4"
        var rate = "25"
        var options: [String]
        var refusal: String?
        var matrix: DisplayMatrix?

        func make() throws -> FilePath {
            let path = try TestMedia.make(
                name,
                [
                    "-f", "lavfi", "-i", "testsrc2=s=160x96:r=\(rate):d=6", "-f", "lavfi", "-i",
                    "sine=d=6:sample_rate=48000",
                ]
                    + options
            )
            try matrix?.write(into: path)
            return path
        }
    }

    private static func x264(_ parameters: String = "", _ more: [String] = []) -> [String] {
        [
            "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-sc_threshold", "0", "-g",
            "25",
        ]
            + ["-x264-params", parameters.isEmpty ? "log=0" : parameters] + more
    }

    private static func x265(_ parameters: String, _ format: String = "yuv420p") -> [String] {
        ["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", format, "-c:a", "aac"]
            + ["-x265-params", "log-level=none:keyint=25:min-keyint=25:\(parameters)"]
    }

    private static let vp9 = [
        "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "5", "-crf", "20", "-b:v", "0", "-g", "25", "-c:a",
        "aac",
    ]
    private static let av1 = [
        "-c:v", "libaom-av1", "-usage", "realtime", "-cpu-used", "8", "-crf", "24", "-b:v", "0", "-g", "25", "-c:a",
        "aac",
    ]

    static let kinds: [Kind] = [
        Kind(testDescription: "closed groups with B-pictures", options: x264("bframes=3:b-adapt=0")),
        Kind(
            testDescription: "a pyramid of B-pictures in Matroska",
            name: "a.mkv",
            options: x264("bframes=5:b-pyramid=2")
        ),
        Kind(testDescription: "NTSC in a transport stream", name: "a.ts", rate: "30000/1001", options: x264()),
        Kind(
            testDescription: "variable rate",
            name: "a.mov",
            rate: "50",
            options: x264("", ["-vf", "select='not(between(mod(n,20),4,9))'", "-fps_mode", "vfr"])
        ),
        Kind(testDescription: "turned", options: x264(), matrix: .quarter),
        Kind(testDescription: "ten bits", options: x264("", ["-pix_fmt", "yuv420p10le"])),
        Kind(testDescription: "baseline", options: x264("", ["-profile:v", "baseline"])),
        Kind(testDescription: "headers in the stream", options: x264("repeat-headers=1:slices=3")),
        Kind(testDescription: "fragments", options: x264("", ["-movflags", "frag_keyframe+empty_moov"])),
        Kind(testDescription: "H.265", options: x265("bframes=3:open-gop=0")),
        Kind(
            testDescription: "H.265 with open groups, ten bits",
            name: "a.mkv",
            options: x265("bframes=4:open-gop=1", "yuv420p10le")
        ),
        Kind(testDescription: "H.265 in a transport stream", name: "a.ts", options: x265("bframes=3:open-gop=1")),
        Kind(testDescription: "VP9 in MP4", options: vp9),
        Kind(
            testDescription: "VP9 with hidden pictures in WebM, turned to Matroska",
            name: "a.mkv",
            options: vp9 + ["-deadline", "good", "-auto-alt-ref", "1", "-lag-in-frames", "12"]
        ),
        Kind(testDescription: "VP9 of ten bits", name: "a.mkv", options: vp9 + ["-pix_fmt", "yuv420p10le"]),
        Kind(testDescription: "AV1 in MP4", options: av1),
        Kind(
            testDescription: "AV1 with hidden pictures in Matroska, ten bits",
            name: "a.mkv",
            options: av1 + ["-usage", "good", "-cpu-used", "6", "-lag-in-frames", "12", "-pix_fmt", "yuv420p10le"]
        ),
        Kind(
            testDescription: "negative composition offsets",
            name: "a.mov",
            options: x264("bframes=3:b-adapt=0", ["-movflags", "negative_cts_offsets"])
        ),
        Kind(
            testDescription: "H.264 with open groups only",
            options: x264("open-gop=1:bframes=3"),
            refusal: "no complete group"
        ),
        Kind(
            testDescription: "intra refresh",
            options: x264("intra-refresh=1"),
            refusal: "no complete group"
        ),
        Kind(
            testDescription: "interlaced",
            name: "a.ts",
            options: x264("", ["-vf", "tinterlace=interleave_top", "-flags", "+ildct+ilme"]),
            refusal: "interlaced"
        ),
        Kind(
            testDescription: "another codec",
            options: ["-c:v", "mpeg4", "-q:v", "2"],
            refusal: "mpeg4 is not copied"
        ),
        Kind(
            testDescription: "AVI",
            name: "a.avi",
            options: x264("bframes=0", ["-c:a", "mp3"]),
            refusal: "its container"
        ),
    ]

    @Test("complete groups are the source's own frames, the edges look like them", arguments: kinds)
    func everyKind(_ kind: Kind) throws {
        let path = try kind.make()
        let rendered = try Rendered(path, [(0.6, 2.52), (3, 3.4), (3.92, 5.6)], quality: .original)
        #expect(try rendered.complaints() == "")
        let shown = try rendered.shownTimes()
        #expect(shown.count == rendered.expectedTimes.count)
        for (time, expected) in zip(shown, rendered.expectedTimes) { #expect(abs(time - expected) < 0.000_02) }
        let copied = rendered.reel.samples.count(where: \.isCopied)
        guard kind.refusal == nil else {
            #expect(copied == 0)
            #expect(rendered.reel.shots.allSatisfy { $0.copy.reason?.contains(kind.refusal ?? "") == true })
            return
        }
        #expect(Double(copied) > 0.4 * Double(shown.count))
        let similarity = try rendered.similarity()
        #expect(similarity.count == shown.count && similarity.allSatisfy { $0 > 0.97 }, "\(similarity.min() ?? 0)")
        #expect(similarity.count { $0 == 1 } >= copied)
        let format = "stream=codec_name,profile,width,height,pix_fmt"
        // A transport stream is described twice: on its own and as a part of its programme.
        #expect(
            try rendered.probe(format)[...]
                == (try TestMedia.probe(path, format, ["-select_streams", "v:0"])).prefix(5)
        )
        let tags = ["libx265": "hvc1", "libvpx-vp9": "vp09", "libaom-av1": "av01"]
        let tag = kind.options.compactMap { tags[$0] }.first ?? "avc1"
        #expect(try rendered.probe("stream=codec_tag_string") == [tag])
    }

    @Test("lengths of two bytes are understood")
    func shortLengths() throws {
        let path = try Self.kinds[0].make()
        let url = URL(fileURLWithPath: path.text)
        var data = try Data(contentsOf: url)
        let record = try #require(data.range(of: Data("avcC".utf8))).upperBound + 4
        #expect(data[record] == 0xff)
        data[record] = 0xfd
        // Each unit moves forward by two bytes; the two that are left behind it are zeros that belong to nothing.
        for place in try TestMedia.probe(path, "packet=pos,size", ["-select_streams", "v"]).compactMap(Int.init).pairs {
            var start = place.1
            while start < place.1 + place.0 {
                let length = data[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
                let unit = Data(data[start + 4..<start + 4 + length])
                let size = Data([UInt8((length + 2) >> 8), UInt8((length + 2) & 255)])
                data.replaceSubrange(start..<start + 4 + length, with: size + unit + Data([0, 0]))
                start += 4 + length
            }
        }
        try data.write(to: url)
        let rendered = try Rendered(path, [(0.6, 2.52), (3.92, 5.6)], quality: .original)
        #expect(try rendered.complaints() == "")
        #expect(rendered.reel.samples.count { $0.isCopied } > 40)
        #expect(try rendered.similarity().allSatisfy { $0 > 0.97 })
    }

    @Test("frames before an edit list's start are not shown, those behind it can be taken over")
    func editList() throws {
        let whole = try TestMedia.clip("whole.mp4", seconds: 6, extra: ["-g", "25", "-bf", "3", "-sc_threshold", "0"])
        let path = try TestMedia.make("a.mp4", ["-ss", "1.3", "-i", whole.text, "-c", "copy"])
        let rendered = try Rendered(path, [(0.2, 2), (2.4, 4)], quality: .original)
        #expect(try rendered.complaints() == "")
        #expect(rendered.reel.samples.contains { $0.isCopied })
        #expect(try rendered.similarity().allSatisfy { $0 > 0.97 })
    }

    @Test("an edge nobody asked for may be trimmed to where nothing must be encoded; any other is kept to the frame")
    func trimming() throws {
        let path = try Self.kinds[0].make()
        // One frame before a group of pictures, one behind the last that can be cut off behind another.
        let exact = try Rendered(path, [(0.96, 3.08)], quality: .original).reel
        #expect(exact.frameCount == 53 && exact.shots.first.map { $0.copy.share < 1 } == true)
        let trimmed = try Rendered(path, [(0.96, 3.08)], quality: .original, mayTrim: true).reel
        #expect(trimmed.shots.first?.copy.share == 1 && (48...52).contains(trimmed.frameCount))
        #expect(trimmed.shots.first?.range.start == MediaTime(ticks: 1, timescale: 1))
    }

    @Test("every decoder can start at every shot")
    func randomAccess() throws {
        let rendered = try Rendered(try Self.kinds[0].make(), [(0.6, 2.52), (3.92, 5.6)], quality: .original)
        for place in rendered.reel.shots.map(\.place) {
            let outcome = try Tool.outcome(
                "ffmpeg",
                ["-nostdin", "-v", "error", "-xerror", "-ss", "\(place.start.seconds)", "-i", rendered.reel.path.text]
                    + ["-t", "0.5", "-f", "null", "-"]
            )
            #expect(outcome.errors == "" && outcome.status == 0)
        }
    }

    @Test("`auto` copies what plays everywhere, and encodes the rest to something that does")
    func auto() throws {
        #expect(try Rendered(try Self.kinds[0].make(), [(0.6, 3), (4, 6)], quality: .auto).reel.quality == .original)
        let ten = try Rendered(try Self.kinds[5].make(), [(0.6, 3), (4, 6)], quality: .auto)
        #expect(ten.reel.quality == .high && ten.reel.codec == "h264")
        #expect(try ten.probe("stream=pix_fmt") == ["yuv420p"])
        #expect(ten.reel.shots.allSatisfy { $0.copy.reason?.contains("yuv420p10le") == true })
    }
}

extension [Int] {
    /// Every two neighbours, once.
    fileprivate var pairs: [(Int, Int)] { stride(from: 0, to: count - 1, by: 2).map { (self[$0], self[$0 + 1]) } }
}
