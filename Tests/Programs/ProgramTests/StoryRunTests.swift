import FoundationEssentials
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

/// Stories through the real worker, by `moments run` and by the daemon.
@Suite("stories from words and pictures", .scratchFolder, .timeLimit(.minutes(5)))
struct StoryRunTests: DaemonFixture {
    private func pictures(in folder: FilePath) throws {
        try Folder.make(folder)
        for (name, source) in [("sun.jpg", "testsrc2=size=480x360"), ("sea.png", "mandelbrot=size=320x480")] {
            try Tool.run(
                "ffmpeg",
                ["-v", "error", "-f", "lavfi", "-i", source, "-frames:v", "1", folder.appending(FilePath(name)).text]
            )
        }
    }

    private func write(_ text: String, _ path: FilePath) throws {
        try AtomicFile.replace(path, with: text.utf8, durable: false)
    }

    /// Frames, width and height of a clip, as another program sees them.
    private func probe(_ path: FilePath) throws -> String {
        try Tool.run(
            "ffprobe",
            [
                "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries",
                "stream=width,height,nb_read_frames", "-of", "csv=p=0", path.text,
            ]
        )
    }

    private static let story = """
        {"user_prompt": "The sun rises over the hills. The sea is calm.", "reference_images": ["sun.jpg", "sea.png"],
         "resolution": 144, "shots": [{"id": "a", "text": "The sun.", "image": "sun.jpg", "duration": 1},
         {"id": "b", "text": "The sea.", "image": "sea.png", "duration": 0.8, "motion": "pan_down"}]}
        """

    private func run(_ name: FilePath, _ more: [FilePath] = []) async throws -> (Manifest, BuiltProgram.Run) {
        let run = try await BuiltProgram("moments").run(
            ["run", name, "-o", root.appending("out"), "--json"] + more,
            limit: 120
        )
        return (try MomentsJSON.decode(Manifest.self, from: Data(run.output.utf8)), run)
    }

    @Test("moments run makes shots, a clip of them, its storyboard and stills")
    func local() async throws {
        try pictures(in: root)
        try write(Self.story, root.appending("trip.story.json"))
        let (manifest, run) = try await run(root.appending("trip.story.json"))
        #expect(run.exit == .exited(0))
        let result = try #require(manifest.result)
        #expect(result.folder == "trip" && result.segmentsSelected == 2 && abs(result.outputDuration - 1.8) < 0.001)
        #expect(manifest.stages.map(\.name) == [.script, .voice, .video, .compositing, .verify, .export, .publish])
        #expect(manifest.stages.first { $0.name == .video }?.cost == 0)
        #expect(manifest.message == "2 shots, 00:00:01 in all" || manifest.message == "2 shots, 00:00:02 in all")
        let folder = root.appending("out/trip")
        #expect(try probe(folder.appending("shots/shot_001.mp4")) == "256,144,25")
        #expect(try probe(folder.appending("shots/shot_002.mp4")) == "256,144,20")
        #expect(try probe(folder.appending("highlight.mp4")) == "256,144,45")
        let board = folder.appending("storyboard.json")
        let written = try Descriptor.openRegular(board).read(1 << 20, at: 0, of: board)
        #expect(try SchemaCheck("story").faults(in: written) == [])
        #expect(Set(result.outputs.map(\.kind)) == ["shot", "highlight", "storyboard", "thumbnail", "poster"])
    }

    @Test("a concept gives a storyboard and nothing else")
    func concept() async throws {
        try write(#"{"concept_prompt": "A keeper finds a letter", "num_scenes": 4}"#, root.appending("c.story.json"))
        let (manifest, _) = try await run(root.appending("c.story.json"))
        #expect(manifest.result?.outputs.map(\.path) == ["storyboard.json"] && manifest.status == .completed)
    }

    @Test("bombs, links, what is not there and what is no picture end the job with their own reason")
    func hostile() async throws {
        try pictures(in: root)
        var bomb = try Descriptor.openRegular(root.appending("sea.png")).read(1 << 20, at: 0, of: "sea.png")
        bomb.replaceSubrange(16..<24, with: [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60])
        try AtomicFile.replace(root.appending("bomb.png"), with: bomb, durable: false)
        try write("no picture", root.appending("text.jpg"))
        symlink(root.appending("sun.jpg").text, root.appending("link.jpg").text)
        for (name, reason) in [
            ("bomb.png", "60000 × 60000"), ("link.jpg", "is a link"), ("gone.jpg", "not there"),
            ("text.jpg", "no JPEG"),
        ] {
            try write(
                #"{"user_prompt": "A.", "resolution": 144, "reference_images": ["\#(name)"]}"#,
                root.appending("h.story.json")
            )
            let (manifest, _) = try await run(root.appending("h.story.json"))
            let error = try #require(manifest.error)
            #expect(error.kind == .invalidRequest && error.message.contains(reason) && error.message.contains(name))
        }
        #expect(try Folder.names(in: root.appending("out")).filter { !$0.hasPrefix(".") }.isEmpty)
    }

    /// How many pixels of each picture are bright.
    private func brights(_ path: FilePath) throws -> [Int] {
        let raw = root.appending("pictures.grey")
        try Tool.run("ffmpeg", ["-v", "error", "-y", "-i", path.text, "-f", "rawvideo", "-pix_fmt", "gray", raw.text])
        let bytes = try Descriptor.openRegular(raw).read(64 << 20, at: 0, of: raw)
        return stride(from: 0, to: bytes.count, by: 320 * 180).map { start in
            bytes[start..<min(bytes.count, start + 320 * 180)].count { $0 > 200 }
        }
    }

    @Test("whoever is to be blurred is recognized in no shot: not of a picture, and not of what a generator made")
    func blurred() async throws {
        let models = root.appending("models")
        _ = try TestModel().install(in: models)
        let square = "color=black:s=320x180:d=1:r=25,drawbox=x=140:y=70:w=32:h=32:color=white:t=fill"
        for (name, more) in [("face.png", ["-frames:v", "1"]), ("face.mp4", ["-pix_fmt", "yuv420p"])] {
            try Tool.run(
                "ffmpeg",
                ["-v", "error", "-f", "lavfi", "-i", square] + more + [root.appending(FilePath(name)).text]
            )
        }
        let program = root.appending("dream.sh")
        let script = """
            #!/bin/sh
            cat > /dev/null
            cp '\(root)/face.mp4' "$TMPDIR/a.mp4"
            echo '{"schema":"momentsd.generator/1","file":"a.mp4"}'
            """
        try AtomicFile.replace(program, with: script.utf8, mode: 0o755, durable: false)
        try write(
            """
            {"resolution": 180, "style": "minimalist", "shots": [
             {"image": "face.png", "duration": 0.6, "motion": "still"}, {"text": "x", "duration": 0.6, "generator": "dream"}]}
            """,
            root.appending("face.story.json")
        )
        for blur in ["off", "faces"] {
            try write(
                "[Subjects]\nModels=\(models)\nBlur=\(blur)\n[Generator dream]\nCommand=\(program)\n",
                configuration
            )
            let (manifest, run) = try await run(root.appending("face.story.json"), ["--config", configuration])
            #expect(run.exit == .exited(0), "\(run.errors)")
            let folder = root.appending("out").appending(try #require(manifest.result?.folder))
            #expect(manifest.notes.contains { $0.contains("faces are blurred") } == (blur == "faces"))
            for name in ["highlight.mp4", "shots/shot_001.mp4", "shots/shot_002.mp4", "poster.jpg"] {
                let brights = try brights(folder.appending(FilePath(name)))
                #expect(!brights.isEmpty)
                // A square has 1024 bright pixels.
                #expect(brights.allSatisfy { blur == "off" ? $0 > 800 : $0 < 500 }, "\(blur) \(name): \(brights)")
            }
            #expect(try Folder.names(in: folder).allSatisfy { !$0.hasPrefix(".") })
        }
        // Without a model nothing is made; a preset that the story names counts, too.
        try Folder.removeTree(models)
        try write("[Subjects]\nModels=\(root)/none\n", configuration)
        try Folder.make(root.appending("presets"))
        try write("[Subjects]\nBlur=faces\n", root.appending("presets/shy.conf"))
        try write(
            #"{"preset": "shy", "resolution": 180, "shots": [{"image": "face.png", "duration": 0.4}]}"#,
            root.appending("shy.story.json")
        )
        let (manifest, _) = try await run(root.appending("shy.story.json"), ["--config", configuration])
        #expect(manifest.error?.message.contains("moments models install") == true, "\(manifest.error?.message ?? "")")
        #expect(manifest.stages.first { $0.name == .script }?.status == .failed)
    }

    private func manifest(_ name: String) -> Manifest? {
        let path = inbox.appending(FilePath(name + Manifest.suffix))
        guard let bytes = try? Descriptor.openRegular(path).read(1 << 20, at: 0, of: path) else { return nil }
        return try? MomentsJSON.decode(Manifest.self, from: Data(bytes))
    }

    @Test("the daemon makes a dropped story, and of an edited one only the shot that changed")
    func daemon() async throws {
        try configure()
        let text = try String(
            decoding: Descriptor.openRegular(configuration).read(1 << 16, at: 0, of: configuration),
            as: UTF8.self
        )
        try write(
            text.split(separator: "\n").filter { !$0.hasPrefix("Program=") }.joined(separator: "\n"),
            configuration
        )
        try pictures(in: inbox)
        try write(Self.story, inbox.appending("trip.story.json"))
        let process = try start()
        await wait { manifest("trip.story.json")?.status == .completed }
        let first = try #require(manifest("trip.story.json"))
        let made = outbox.appending(try #require(first.result?.folder))
        #expect(made.name == "trip")
        #expect(try probe(made.appending("highlight.mp4")) == "256,144,45")
        // The pictures belong to the story.
        #expect(manifest("sun.jpg") == nil && manifest("sea.png") == nil)

        // The storyboard is edited and saved as the request.
        let board = made.appending("storyboard.json")
        let written = String(decoding: try Descriptor.openRegular(board).read(1 << 20, at: 0, of: board), as: UTF8.self)
        let edited = written.replacing(#""duration" : 0.8"#, with: #""duration" : 0.6"#)
        #expect(edited != written)
        try write(edited, inbox.appending("trip.story.json.request.json"))
        await wait {
            let now = manifest("trip.story.json")
            return now?.status == .completed && now?.jobID != first.jobID
        }
        let second = try #require(manifest("trip.story.json"))
        let again = outbox.appending(try #require(second.result?.folder))
        #expect(try probe(again.appending("highlight.mp4")) == "256,144,40")
        #expect(second.notes.contains { $0.contains("'a' is as it was made before") })
        #expect(!second.notes.contains { $0.contains("'b' is as it was made before") })
        // The very same file, not one that only looks the same.
        func digest(_ manifest: Manifest) -> String? {
            manifest.result?.outputs.first { $0.path == "shots/shot_001.mp4" }?.sha256
        }
        #expect(digest(first) == digest(second))

        // Saved with other words, the file itself is a new job of the same story.
        try write(
            Self.story.replacing("\"duration\": 1}", with: "\"duration\": 1.2}"),
            inbox.appending("trip.story.json")
        )
        try Folder.removeFile(inbox.appending("trip.story.json.request.json"))
        await wait {
            let now = manifest("trip.story.json")
            return now?.status == .completed && now?.jobID != second.jobID && now?.jobID != first.jobID
                && now?.config.story?.shots.first?.duration == 1.2
        }
        #expect(await end(process, by: SIGTERM) == .exited(0))
    }
}
