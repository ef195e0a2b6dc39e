import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

/// The whole path through the real worker, judged by other people's programs.
@Suite("moments run with the real worker", .scratchFolder, .timeLimit(.minutes(10)))
struct RealRunTests {
    private struct Highlight: Decodable {
        struct Shot: Decodable {
            let start: Double
            let end: Double
            let reasons: [String]

            enum CodingKeys: String, CodingKey {
                case start = "in"
                case end = "out"
                case reasons
            }
        }
        struct Poster: Decodable {
            let file: FilePath
            let time: Double
        }
        let duration: Double
        let shots: [Shot]
        let poster: Poster
    }

    private let output = ScratchFolder.path.appending("out")

    private func run(_ words: [FilePath]) async throws -> BuiltProgram.Run {
        try await BuiltProgram("moments").run(["run", "-o", output] + words)
    }

    private func highlight(_ name: String) throws -> Highlight {
        let path = output.appending(name).appending("highlight.json")
        let bytes = try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path)
        return try MomentsJSON.decode(Highlight.self, from: Data(bytes))
    }

    @Test("what a camera put beside a video is used: its proxy is looked at, and what was marked is in the reel")
    func companions() async throws {
        let coded = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-pix_fmt", "yuv420p", "-c:a", "aac"]
        let video = try TestMedia.make(
            "C0001.MP4",
            ["-f", "lavfi", "-i", "testsrc2=size=960x540:rate=25", "-f", "lavfi", "-i", "sine", "-t", "24"] + coded
        )
        _ = try TestMedia.make("C0001.LRV", ["-i", video.text, "-vf", "scale=480:270"] + coded + ["-f", "mp4"])
        let notes = """
            <NonRealTimeMeta><KlvPacketTable><KlvPacket frameCount="500" lengthValue="0A5F53686F744D61726B31"/>
            </KlvPacketTable></NonRealTimeMeta>
            """
        let beside = ScratchFolder.path.appending("C0001M01.XML")
        _ = try AtomicFile.replace(beside, with: Data(notes.utf8), durable: false)
        let run = try await run(["--target-duration", "10", video])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let found = try highlight("C0001")
        let marked = try #require(found.shots.first { $0.reasons.contains("marked: shot mark at 20.0 s") })
        #expect(marked.start < 20 && marked.end > 20)
        let path = output.appending("C0001").appending("manifest.json")
        let bytes = try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path)
        let manifest = try MomentsJSON.decode(Manifest.self, from: Data(bytes))
        #expect(manifest.notes == ["'C0001.MP4': its proxy 'C0001.LRV' was looked at, which shows the same"])
        let data = output.appending("C0001").appending("highlight.json")
        let document = try Descriptor.openRegular(data).read(1 << 20, at: 0, of: data)
        #expect(try SchemaCheck("highlight").faults(in: document) == [])
    }

    @Test("when the poster's picture is shown is told, and that is in a shot of the reel")
    func posterTime() async throws {
        let video = try TestMedia.make(
            "a.mp4",
            [
                "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-t", "30", "-c:v", "libx264", "-preset",
                "ultrafast", "-g", "50", "-pix_fmt", "yuv420p",
            ]
        )
        let run = try await run(["--target-duration", "6", video])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let (found, folder) = (try highlight("a"), output.appending("a"))
        let time = found.poster.time
        #expect(found.shots.contains { $0.start <= time && time < $0.end })
        /// How like the picture at a time is to the poster, in decibels.
        func likeness(at seconds: Double) throws -> Double {
            let compared = try Tool.outcome(
                "ffmpeg",
                [
                    "-hide_banner", "-ss", "\(max(0, seconds))", "-i", video.text, "-i",
                    folder.appending(found.poster.file).text, "-frames:v", "1", "-lavfi",
                    "[0:v]format=yuv420p[a];[1:v]format=yuv420p[b];[a][b]psnr", "-f", "null", "-",
                ]
            )
            let words = compared.errors.split(separator: " ").first { $0.hasPrefix("average:") }
            return try #require(words.flatMap { Double($0.dropFirst("average:".count)) }, "\(compared.errors)")
        }
        let own = try likeness(at: time)
        for other in [-2, -0.4, 0.4, 2] { #expect(try likeness(at: time + other) < own - 3, "\(other)") }
    }

    @Test("a short video gives all of itself: reel, stills and data that other programs can read")
    func short() async throws {
        let video = try TestMedia.clip("beach.mp4", seconds: 4)
        let run = try await run([video])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let result = output.appending("beach")
        // Nothing of ours stays in a person's folder.
        #expect(try Folder.names(in: output) == ["beach"])
        #expect(
            try Folder.names(in: result).map(\.text).sorted() == [
                "chapters.ffmetadata", "chapters.txt", "chapters.vtt", "contact-sheet.jpg", "highlight.edl",
                "highlight.fcpxml", "highlight.json", "highlight.mlt", "highlight.mp4", "highlight.otio",
                "manifest.json", "metadata.json", "poster.jpg", "preview.webp", "report.html", "scenes", "scenes.csv",
                "scenes.edl",
                "scenes.fcpxml", "scenes.json", "scenes.mlt", "scenes.otio", "sprite.jpg", "sprite.vtt",
                "thumbnail.jpg",
            ]
        )
        let reel = result.appending("highlight.mp4")
        #expect(try TestMedia.probe(reel, "stream=codec_name") == ["h264", "aac"])
        #expect(try TestMedia.probe(reel, "stream=width,height", ["-select_streams", "v"]) == ["160", "90"])
        let pictures = try TestMedia.probe(reel, "stream=nb_read_frames", ["-select_streams", "v", "-count_frames"])
        #expect(pictures == ["100"])
        // No word of complaint from a full decode.
        #expect(try Tool.outcome("ffmpeg", ["-v", "warning", "-i", reel.text, "-f", "null", "-"]).errors.isEmpty)
        for still in ["thumbnail.jpg", "poster.jpg"] {
            #expect(try TestMedia.probe(result.appending(still), "stream=width,height") == ["160", "90"])
        }
        let highlight = try highlight("beach")
        #expect(highlight.shots.map(\.start) == [0])
        #expect(highlight.shots.map(\.end) == [4])
    }

    @Test("of a long calm video, the lively and loud part is chosen")
    func lively() async throws {
        // Twenty seconds of next to nothing, six of motion and noise, twenty of next to nothing.
        let calm = "color=c=0x607080:s=160x90:r=10:d=20,drawbox=x=20:y=20:w=30:h=20:c=white:t=fill"
        let video = try TestMedia.make(
            "party.mp4",
            [
                "-f", "lavfi", "-i", calm, "-f", "lavfi", "-i", "testsrc2=s=160x90:r=10:d=6", "-f", "lavfi", "-i", calm,
                "-f", "lavfi", "-i", "sine=f=100:r=48000:d=20,volume=0.02",
                "-f", "lavfi", "-i", "anoisesrc=seed=7:c=pink:a=0.8:r=48000:d=6",
                "-f", "lavfi", "-i", "sine=f=100:r=48000:d=20,volume=0.02",
                "-filter_complex", "[0][3][1][4][2][5]concat=n=3:v=1:a=1", "-c:v", "libx264", "-preset", "ultrafast",
                "-pix_fmt", "yuv420p", "-c:a", "aac",
            ]
        )
        let run = try await run([video, "--target-duration", "6"])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let shots = try highlight("party").shots
        let inside = shots.reduce(0) { $0 + max(0, min($1.end, 26) - max($1.start, 20)) }
        let length = shots.reduce(0) { $0 + $1.end - $1.start }
        #expect(inside >= 3)
        #expect(inside > 0.7 * length)
        #expect(length < 8)
        #expect(shots.contains { !$0.reasons.isEmpty })
    }

    @Test("a portrait video without sound stays upright and silent")
    func portrait() async throws {
        let upright = try TestMedia.clip("b.mp4", seconds: 2, extra: ["-an"])
        let video = try TestMedia.make(
            "portrait.mov",
            ["-i", upright.text, "-c", "copy", "-metadata:s:v:0", "rotate=90"]
        )
        #expect(try await run([video]).exit == .exited(0))
        let reel = output.appending("portrait/highlight.mp4")
        #expect(try TestMedia.probe(reel, "stream=codec_name,width,height") == ["h264", "90", "160"])
    }

    @Test("with Shots=on every shot is a file of its own too, as long as in the reel")
    func separateShots() async throws {
        let settings = ScratchFolder.path.appending("momentsd.conf")
        let text = "[Highlight]\nShots=on\nTargetDuration=4s\nTransition=fade\n"
        try AtomicFile.replace(settings, with: Array(text.utf8), durable: false)
        let video = try TestMedia.clip("walk.mp4", seconds: 9, extra: ["-g", "25"])
        let run = try await run([video, "--config", settings])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let shots = try highlight("walk").shots
        let folder = output.appending("walk/shots")
        let names = try Folder.names(in: folder).map(\.text).sorted()
        #expect(names == shots.indices.map { "shot_00\($0 + 1).mp4" } && !names.isEmpty)
        for (name, shot) in zip(names, shots) {
            let length = try TestMedia.probe(folder.appending(FilePath(name)), "stream=duration").first
            #expect(abs((length.flatMap(Double.init) ?? 0) - (shot.end - shot.start)) < 0.17)
        }
    }

    @Test("the confined worker finds the fonts for a title card, and leaves no temporary file")
    func titleCard() async throws {
        let settings = ScratchFolder.path.appending("momentsd.conf")
        let text = "[Highlight]\nTargetDuration=4s\nTitleCard=on\nEndCard=Goodbye\nTransition=dissolve\n"
        try AtomicFile.replace(settings, with: Array(text.utf8), durable: false)
        let video = try TestMedia.clip("a {walk}.mp4", seconds: 9, extra: ["-g", "25"])
        let run = try await run([video, "--config", settings])
        #expect(run.exit == .exited(0), "\(run.errors)")
        let reel = output.appending("a {walk}/highlight.mp4")
        let filters = "signalstats,metadata=print:key=lavfi.signalstats.YMAX:file=-"
        let found = try Tool.run(
            "ffmpeg",
            [
                "-nostdin", "-v", "error", "-ss", "1", "-i", reel.text, "-frames:v", "1", "-vf", filters, "-f", "null",
                "-",
            ]
        )
        let brightest = try #require(found.split(separator: "=").last.flatMap { Double($0.prefix { $0 != "\n" }) })
        #expect(brightest > 150)
        let names = try Folder.names(in: output.appending("a {walk}")).map(\.text)
        #expect(names.allSatisfy { !$0.hasSuffix(".card") && !$0.hasSuffix(".pictures") && !$0.hasSuffix(".sound") })
    }

    @Test("what is no usable video is refused with its kind, and leaves nothing behind")
    func refused() async throws {
        let whole = try TestMedia.clip("whole.mp4", seconds: 3)
        let bytes = try Descriptor.openRegular(whole).read(1 << 22, at: 0, of: whole)
        let cases: [(FilePath, [UInt8], String)] = [
            ("empty.mp4", [], "CorruptMedia"),
            ("text.mp4", Array(String(repeating: "no video at all\n", count: 100).utf8), "UnsupportedFormat"),
            // The index of a plain MP4 stands at its end.
            ("broken-off.mp4", Array(bytes.prefix(bytes.count * 6 / 10)), "CorruptMedia"),
        ]
        for (name, content, _) in cases {
            try AtomicFile.replace(ScratchFolder.path.appending(name), with: content, durable: false)
        }
        let sound = try TestMedia.make("sound.mp4", ["-f", "lavfi", "-i", "sine=d=2", "-c:a", "aac"])
        let run = try await run(cases.map { ScratchFolder.path.appending($0.0) } + [sound, "--json"])
        #expect(run.exit == .exited(1))
        let manifests = try run.output.split(separator: "\n").map {
            try MomentsJSON.decode(Manifest.self, from: Data($0.utf8))
        }
        #expect(manifests.map { $0.error?.kind.rawValue } == cases.map(\.2) + ["NoVideoStream"])
        #expect(try Folder.names(in: output).isEmpty)
    }
}
