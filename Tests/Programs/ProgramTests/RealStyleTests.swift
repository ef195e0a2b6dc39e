import FoundationEssentials
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

/// Clips in a style of somebody's own, through the real, shut-in worker.
@Suite("styles of one's own by the real worker", .scratchFolder, .timeLimit(.minutes(5)))
struct RealStyleTests: DaemonFixture {
    private func write(_ text: String, _ path: FilePath) throws {
        try Folder.make(path.parent)
        try AtomicFile.replace(path, with: text.utf8, durable: false)
    }

    /// The share of a picture's pixels that are about of a colour.
    private func share(_ clip: FilePath, at seconds: String, of color: (Int, Int, Int)) throws -> Double {
        let raw = root.appending("picture.raw")
        try Tool.run(
            "ffmpeg",
            [
                "-nostdin", "-v", "error", "-y", "-ss", seconds, "-i", clip.text, "-frames:v", "1", "-vf",
                "scale=in_color_matrix=auto,format=rgb24", "-f", "rawvideo", raw.text,
            ]
        )
        let bytes = try Descriptor.openRegular(raw).read(1 << 22, at: 0, of: raw)
        let near = stride(from: 0, to: bytes.count - 2, by: 3).count { place in
            abs(Int(bytes[place]) - color.0) < 24 && abs(Int(bytes[place + 1]) - color.1) < 24
                && abs(Int(bytes[place + 2]) - color.2) < 24
        }
        return Double(near * 3) / Double(max(1, bytes.count))
    }

    private func run(_ words: [FilePath]) async throws -> (manifest: Manifest, errors: String) {
        let run = try await BuiltProgram("moments").run(
            ["run", "--json", "-o", root.appending("out"), "--config", configuration] + words,
            limit: 240
        )
        return (try MomentsJSON.decode(Manifest.self, from: Data(run.output.utf8)), run.errors)
    }

    @Test("a product clip has the colours of its style's file; one that names a damaged file fails and says why")
    func product() async throws {
        try write("", configuration)
        try write(
            """
            # Our house.
            [Style]
            Base=energetic
            [Colours]
            Accent=#00C040
            TextOnAccent=#000000
            CardTop=#204080
            CardBottom=#204080
            TextOnCard=#FFFFFF
            """,
            root.appending("styles/house.conf")
        )
        try write("[Colours]\nAccent=green\n", root.appending("styles/broken.conf"))
        let video = try TestMedia.make(
            "walk.mp4",
            [
                "-f", "lavfi", "-i", "gradients=s=480x270:r=25:c0=0x303030:c1=0x606060:d=8:seed=3", "-c:v", "libx264",
                "-preset", "ultrafast", "-pix_fmt", "yuv420p",
            ]
        )
        let request = root.appending("clip.request.json")
        func wish(_ style: String) -> String {
            #"{"product_name": "Aurora", "cta_text": "Order now", "style": "\#(style)", "segments": [{"in": 1, "out": 6}]}"#
        }
        try write(wish("house"), request)
        let (manifest, errors) = try await run(["--request", request, video])
        let folder = root.appending("out").appending(try #require(manifest.result?.folder, "\(errors)"))
        #expect(manifest.config.product?.style.rawValue == "house")
        let clip = folder.appending("highlight.mp4")
        #expect(try share(clip, at: "2", of: (0, 0xC0, 0x40)) > 0.02)
        #expect(try share(clip, at: "2", of: (0xFF, 0xD2, 0x1F)) < 0.001)
        #expect(try share(clip, at: "6.5", of: (0x20, 0x40, 0x80)) > 0.5)
        #expect(try share(clip, at: "6.5", of: (0, 0xC0, 0x40)) > 0.01)

        try write(wish("broken"), request)
        let failed = try await BuiltProgram("moments").run(
            ["run", "--json", "-o", root.appending("out"), "--config", configuration, "--request", request, video]
        )
        #expect(failed.exit == .exited(2))
        #expect(failed.errors.contains("broken.conf:2: [Colours] Accent= cannot be 'green'"), "\(failed.errors)")
    }

    private func manifest(_ name: String) -> Manifest? {
        let path = inbox.appending(FilePath(name + Manifest.suffix))
        guard let bytes = try? Descriptor.openRegular(path).read(1 << 20, at: 0, of: path) else { return nil }
        return try? MomentsJSON.decode(Manifest.self, from: Data(bytes))
    }

    private func clip(_ manifest: Manifest) throws -> FilePath {
        outbox.appending(try #require(manifest.result?.folder)).appending("highlight.mp4")
    }

    private func card(_ color: String) -> String {
        "[Colours]\nCardTop=\(color)\nCardBottom=\(color)\nTextOnCard=#FFFFFF\n"
    }

    /// What the status socket tells of presets and styles.
    private func told() -> String {
        let answer = try? LocalHTTP(get: "/presets", from: root.appending("status.sock")).content()
        return String(decoding: answer ?? [], as: UTF8.self)
    }

    @Test("a reload takes a changed style, whose shots alone are made again; the status socket tells what there is")
    func reload() async throws {
        try configure()
        let text = String(
            decoding: try Descriptor.openRegular(configuration).read(1 << 16, at: 0, of: configuration),
            as: UTF8.self
        )
        try write(
            text.split(separator: "\n").filter { !$0.hasPrefix("Program=") }.joined(separator: "\n"),
            configuration
        )
        let house = root.appending("styles/house.conf")
        try write(card("#204080"), house)
        try write("[Form]\nRadius=7\n", root.appending("styles/broken.conf"))
        try Folder.make(inbox)
        try Tool.run(
            "ffmpeg",
            [
                "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x240", "-frames:v", "1",
                inbox.appending("sun.png").text,
            ]
        )
        try write(
            """
            {"resolution": 144, "style": "house", "shots": [{"id": "a", "text": "The sun", "duration": 1},
             {"id": "b", "image": "sun.png", "duration": 0.8}]}
            """,
            inbox.appending("trip.story.json")
        )
        let process = try start()
        await wait { manifest("trip.story.json")?.status.isFinal == true }
        let first = try #require(manifest("trip.story.json"))
        #expect(first.config.story?.style.rawValue == "house")
        #expect(try share(clip(first), at: "0.5", of: (0x20, 0x40, 0x80)) > 0.5)
        let presets = told()
        #expect(
            presets.contains(#""name" : "house""#) && presets.contains("broken.conf:2: [Form] Radius="),
            "\(presets)"
        )

        try write(card("#802020"), house)
        try Folder.removeFile(root.appending("styles/broken.conf"))
        kill(process.pid, SIGHUP)
        await wait { told().contains("house") && !told().contains("broken") }
        let board = try clip(first).parent.appending("storyboard.json")
        let written = String(decoding: try Descriptor.openRegular(board).read(1 << 20, at: 0, of: board), as: UTF8.self)
        #expect(written.contains(#""style" : "house""#))
        let edited = written.replacing(#""title" : "The sun""#, with: #""title" : "The sun again""#)
        #expect(edited != written)
        try write(edited, inbox.appending("trip.story.json.request.json"))
        await wait {
            let now = manifest("trip.story.json")
            return now?.status.isFinal == true && now?.jobID != first.jobID
        }
        let second = try #require(manifest("trip.story.json"))
        #expect(try share(clip(second), at: "0.5", of: (0x80, 0x20, 0x20)) > 0.5)
        #expect(second.notes.contains { $0.contains("'b' is as it was made before") }, "\(second.notes)")
        #expect(await end(process, by: SIGTERM) == .exited(0))
    }

    @Test("a check finds what is wrong with a style, and styles are listed with where they come from")
    func listed() async throws {
        try write(
            "[Folders]\nInbox=\(inbox)\nOutbox=\(outbox)\nState=\(root)/state\n[Highlight]\nStyle=house\n",
            configuration
        )
        try write("# Our house.\n[Style]\nBase=minimalist\nZoom=1.3\n", root.appending("styles/house.conf"))
        func check() async throws -> BuiltProgram.Run {
            try await BuiltProgram("momentsd").run(["--config", configuration, "--check"])
        }
        #expect(try await check().exit == .exited(0))
        let moments = try BuiltProgram("moments")
        let list = try await moments.run(["styles", "--config", configuration]).output
        #expect(list.contains("house               Our house.\n"))
        // A long path is broken nowhere but at its end.
        let words = list.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("/styles/house.conf, for all clips that name no style"), "\(list)")
        #expect(words.contains("Base=minimalist Zoom=1.3"), "\(list)")
        #expect(list.contains("built in") || list.contains("/usr/share/momentsd/styles/modern.conf"))
        try write("[Form]\nRadius=7\n", root.appending("styles/broken.conf"))
        let wrong = try await check()
        #expect(wrong.exit == .exited(78) && wrong.errors.contains("broken.conf:2: [Form] Radius= cannot be '7'"))
        let broken = try await moments.run(["styles", "broken", "--json", "--config", configuration]).output
        #expect(broken.contains("broken.conf:2:") && !broken.contains("\"values\""), "\(broken)")
        let house = try await moments.run(["styles", "house", "--json", "--config", configuration]).output
        #expect(house.contains(#""zoom" : 1.3"#) && house.contains(#""default" : true"#))
        let none = try await moments.run(["styles", "wild", "--config", configuration])
        #expect(
            none.exit == .exited(1)
                && none.errors.contains("there is no style 'wild'; there are broken, energetic, house")
        )
    }
}
