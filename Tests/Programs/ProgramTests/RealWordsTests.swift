import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

/// Videos of which is known what is said in them, through the real worker.
@Suite("words beside and in a video", .scratchFolder, .timeLimit(.minutes(10)))
struct RealWordsTests {
    private struct Reel: Decodable {
        struct Shot: Decodable {
            let start: Double
            let end: Double
            let words: String?

            enum CodingKeys: String, CodingKey {
                case start = "in"
                case end = "out"
                case words
            }
        }
        let shots: [Shot]
    }

    /// When somebody speaks, in seconds.
    private static let said: [ClosedRange<Double>] = [
        1...3.1, 4...6.4, 7...8.6, 9.7...12.9, 13.6...15.2, 16...19.3, 20.4...22.2, 23...24.4, 25.3...28.6, 29.4...31,
        32...34.8, 35.5...37.2,
    ]
    private let output = ScratchFolder.path.appending("out")

    /// A video in which a tone stands for each sentence.
    private func video(_ name: String, _ extra: [String] = [], _ codecs: [String] = []) throws -> FilePath {
        let gates = Self.said.map { "between(t,\($0.lowerBound),\($0.upperBound))" }.joined(separator: "+")
        return try TestMedia.make(
            name,
            [
                "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=39", "-f", "lavfi", "-i",
                "aevalsrc='0.3*sin(660*PI*t)*(\(gates))+0.002*sin(100*PI*t)':s=44100:d=39",
            ] + extra + ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"] + codecs
        )
    }

    private func subtitles(_ name: String, off: Double) throws -> FilePath {
        func clock(_ seconds: Double) -> String {
            ClockText.milliseconds(max(0, seconds)).replacing(".", with: ",")
        }
        let text = Self.said.enumerated().reduce("") { text, entry in
            let (number, range) = entry
            let words =
                number == 5 ? "This &lt;script&gt;alert(5)&lt;/script&gt; is it." : "This is sentence \(number)."
            return text + "\(number + 1)\n\(clock(range.lowerBound + off)) --> \(clock(range.upperBound + off))\n"
                + "\(words)\n\n"
        }
        let path = ScratchFolder.path.appending(FilePath(name))
        try AtomicFile.replace(path, with: Array(text.utf8), durable: false)
        return path
    }

    private func content(_ name: FilePath, of result: String) throws -> Data {
        let path = output.appending(FilePath(result)).appending(name)
        return Data(try Descriptor.openRegular(path).read(4 << 20, at: 0, of: path))
    }

    private func run(_ video: FilePath) async throws -> (reel: Reel, manifest: Manifest) {
        let run = try await BuiltProgram("moments").run(["run", "-o", output, "--target-duration", "12", video])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let name = video.stem.text
        return (
            try MomentsJSON.decode(Reel.self, from: try content("highlight.json", of: name)),
            try MomentsJSON.decode(Manifest.self, from: try content("manifest.json", of: name))
        )
    }

    private func checkCuts(_ reel: Reel) {
        let edges = reel.shots.flatMap { [$0.start, $0.end] }
        let inside = edges.filter { edge in
            Self.said.contains { $0.lowerBound + 0.05 < edge && edge < $0.upperBound - 0.05 }
        }
        #expect(inside == [], "\(edges)")
    }

    @Test("subtitles that run late are moved; no sentence is cut; captions and data say what is said, harmlessly")
    func beside() async throws {
        let video = try video("talk.mp4")
        _ = try subtitles("talk.en.srt", off: 1.5)
        let (reel, manifest) = try await run(video)
        let info = try #require(manifest.transcript)
        #expect(info.origin == "talk.en.srt" && info.language == "en" && info.isUsed)
        #expect(abs(info.offset + 1.5) <= 0.2)
        #expect(info.sentences == Self.said.count)
        checkCuts(reel)
        let captions = String(decoding: try content("highlight.vtt", of: "talk"), as: UTF8.self)
        let shown = reel.shots.compactMap(\.words).joined(separator: " ")
        #expect(captions.split(separator: "\n").filter { $0.hasPrefix("This") }.count >= 3)
        #expect(manifest.result?.words == shown)
        #expect(manifest.result?.outputs.map(\.kind).contains("subtitles") == true)
        let report = String(decoding: try content("report.html", of: "talk"), as: UTF8.self)
        #expect(report.contains("This is sentence"))
        for text in [captions, report] { #expect(!text.contains("<script>alert(5)")) }
        for name in ["manifest", "highlight", "scenes"] {
            #expect(try SchemaCheck(name).faults(in: try content(FilePath("\(name).json"), of: "talk")) == [])
        }
    }

    @Test("a track of text in the video serves as well")
    func inside() async throws {
        let words = try subtitles("words.srt", off: 0)
        let (reel, manifest) = try await run(try video("film.mp4", ["-i", words.text], ["-c:s", "mov_text"]))
        #expect(manifest.transcript?.origin == "track 2 (mov_text)")
        #expect(manifest.transcript?.isUsed == true && manifest.transcript?.offset == 0)
        #expect(manifest.transcript?.cues == Self.said.count)
        checkCuts(reel)
    }

    @Test("subtitles that are damaged or a link are used for nothing, and it is said")
    func refused() async throws {
        let video = try video("odd.mp4")
        try AtomicFile.replace(
            ScratchFolder.path.appending("odd.srt"),
            with: [UInt8](repeating: 0, count: 300),
            durable: false
        )
        let (reel, manifest) = try await run(video)
        #expect(manifest.transcript?.isUsed == false)
        #expect(manifest.notes.contains("What 'odd.srt' says was used for nothing: it is no text."))
        #expect(reel.shots.allSatisfy { $0.words == nil })
        #expect(manifest.result?.outputs.contains { $0.kind == "captions" } == false)
        let link = ScratchFolder.path.appending("odd.srt")
        try Folder.removeFile(link)
        _ = try subtitles("elsewhere.srt", off: 0)
        try Tool.run("ln", ["-s", ScratchFolder.path.appending("elsewhere.srt").text, link.text])
        try Folder.removeTree(output)
        #expect(try await run(video).manifest.transcript == nil)
    }

    @Test("what is wanted is shown where it is said, and what nothing tells of is named")
    func wishes() async throws {
        let video = try video("wish.mp4")
        _ = try subtitles("wish.srt", off: 0)
        try Folder.make(ScratchFolder.path.appending("presets"))
        try AtomicFile.replace(
            ScratchFolder.path.appending("presets/wish.conf"),
            with: Array("[Highlight]\nTargetDuration=6\nWant=9, unicorn\n".utf8),
            durable: false
        )
        let configuration = ScratchFolder.path.appending("momentsd.conf")
        try AtomicFile.replace(configuration, with: [], durable: false)
        let run = try await BuiltProgram("moments").run([
            "run", "--config", configuration, "--preset", "wish", "-o", output, video,
        ])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let reel = try MomentsJSON.decode(Reel.self, from: try content("highlight.json", of: "wish"))
        let manifest = try MomentsJSON.decode(Manifest.self, from: try content("manifest.json", of: "wish"))
        #expect(manifest.config.want == ["9", "unicorn"])
        #expect(reel.shots.contains { $0.start <= Self.said[9].lowerBound && $0.end >= Self.said[9].upperBound })
        #expect(manifest.notes.contains { $0.contains("“unicorn”") && !$0.contains("“9”") })
        let report = String(decoding: try content("report.html", of: "wish"), as: UTF8.self)
        #expect(report.contains("“unicorn”"))
    }
}
