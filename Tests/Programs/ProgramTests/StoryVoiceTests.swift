import FoundationEssentials
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

/// Voices through the real worker: a stand-in for the engine says a tone.
@Suite("voices over clips", .scratchFolder, .timeLimit(.minutes(5)))
struct StoryVoiceTests: DaemonFixture {
    private func write(_ text: String, _ path: FilePath, mode: UInt32 = 0o644) throws {
        try AtomicFile.replace(path, with: text.utf8, mode: mode, durable: false)
    }

    /// Makes an engine that says a tone of 1.5 s, and one that does what a script says.
    private func engine(_ script: String? = nil) throws -> FilePath {
        let sound = root.appending("voice.wav")
        let tone = "sine=frequency=440:duration=1.5:sample_rate=22050"
        try Tool.run("ffmpeg", ["-v", "error", "-y", "-f", "lavfi", "-i", tone, sound.text])
        let program = root.appending("speak.sh")
        try write("#!/bin/sh\n" + (script ?? "cat >/dev/null; cat '\(sound)'") + "\n", program, mode: 0o755)
        return program
    }

    private func run(
        _ story: String,
        _ engine: FilePath,
        timeout: String = "2min",
        more: String = ""
    ) async throws -> Manifest {
        let picture = root.appending("sun.jpg").text
        try Tool.run(
            "ffmpeg",
            ["-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=size=320x240", "-frames:v", "1", picture]
        )
        try write(
            "[Voice]\nCommand=\(engine)\nTimeout=\(timeout)\n[Generator bad]\nCommand=\(engine)\nTimeout=\(timeout)\n"
                + more,
            configuration
        )
        try write(story, root.appending("trip.story.json"))
        let run = try await BuiltProgram("moments").run(
            [
                "run", root.appending("trip.story.json"), "-o", root.appending("out"), "--config", configuration,
                "--json",
            ],
            environment: ["TMPDIR=\(root)"],
            limit: 240
        )
        return try MomentsJSON.decode(Manifest.self, from: Data(run.output.utf8))
    }

    private static let story = """
        {"user_prompt": "The sun. It rises slowly.", "reference_images": ["sun.jpg"], "voice_over": true, "resolution": 144,
         "style": "energetic"}
        """

    @Test("a story's clip is as long as its voice needs, as loud as it is to be, and has captions")
    func story() async throws {
        let manifest = try await run(Self.story, try engine())
        #expect(manifest.status == .completed)
        #expect(manifest.stages.first { $0.name == .voice }?.cost == 0)
        let clip = root.appending("out/trip/highlight.mp4").text
        let length = try Tool.run(
            "ffprobe",
            ["-v", "error", "-select_streams", "a", "-show_entries", "stream=duration", "-of", "csv=p=0", clip]
        )
        // Two shots of at least 2.5 s, the voice in each with its pauses.
        #expect(abs((Double(length) ?? 0) - 5) < 0.1)
        let captions = root.appending("out/trip/captions.vtt")
        let text = String(
            decoding: try Descriptor.openRegular(captions).read(1 << 16, at: 0, of: captions),
            as: UTF8.self
        )
        #expect(text.contains("The sun.") && text.contains("It rises slowly."))
        // The second begins as far behind its shot as the first; shots end with a picture.
        #expect(["00:00:02.850 -->", "00:00:02.870 -->"].contains { text.contains($0) }, "\(text)")
        let measured = try Tool.outcome("ffmpeg", ["-nostdin", "-i", clip, "-af", "ebur128", "-f", "null", "-"]).errors
        let summary = measured.components(separatedBy: "Summary:").last ?? ""
        let loudness = summary.split(separator: "\n").first { $0.contains("I:") }?.split(separator: " ").dropFirst()
            .first
        #expect(abs((loudness.flatMap { Double($0) } ?? 0) + 16) < 0.6)
    }

    @Test("what is spoken is written on the pictures where the style says so, unless the story does not want it")
    func written() async throws {
        let engine = try engine()
        func whites(_ captions: String) async throws -> [Int] {
            let story = """
                {"voice_over": true, "resolution": 144, "style": "energetic", \(captions)
                 "shots": [{"text": "The sun.", "image": "dark.png", "duration": 3}]}
                """
            let dark = root.appending("dark.png").text
            try Tool.run(
                "ffmpeg",
                ["-v", "error", "-y", "-f", "lavfi", "-i", "color=black:s=320x180", "-frames:v", "1", dark]
            )
            let manifest = try await run(story, engine)
            #expect(manifest.status == .completed, "\(String(describing: manifest.error))")
            let folder = root.appending("out").appending(try #require(manifest.result?.folder))
            let raw = root.appending("pictures.grey")
            try Tool.run(
                "ffmpeg",
                [
                    "-v", "error", "-y", "-i", folder.appending("highlight.mp4").text, "-f", "rawvideo", "-pix_fmt",
                    "gray",
                ]
                    + [raw.text]
            )
            let bytes = try Descriptor.openRegular(raw).read(64 << 20, at: 0, of: raw)
            return stride(from: 0, to: bytes.count, by: 256 * 144).map { start in
                bytes[start..<start + 256 * 144].count { $0 > 140 }
            }
        }
        let written = try await whites("")
        // Heard from 0.35 to 1.85 s.
        try #require(written.count == 75)
        #expect(written[5] == 0 && written[60] == 0 && written[12...44].allSatisfy { $0 > 15 }, "\(written)")
        #expect(try await whites(#""captions": "off","#).allSatisfy { $0 == 0 })
    }

    @Test("a planner's scenes become the storyboard, which can be filmed; one that misbehaves is told of")
    func planner() async throws {
        let acts = FilePath(#filePath).parent.parent.parent.parent.appending("examples/planners/acts")
        let concept =
            #"{"concept_prompt": "A keeper finds a letter", "num_scenes": 3, "reference_images": ["sun.jpg"]}"#
        func plan(_ program: FilePath) async throws -> Manifest {
            try await run(concept, program, more: "[Planner]\nCommand=\(program)\n")
        }
        let manifest = try await plan(acts)
        #expect(manifest.status == .completed, "\(String(describing: manifest.error))")
        let board = root.appending("out/trip/storyboard.json")
        let bytes = try Descriptor.openRegular(board).read(1 << 16, at: 0, of: board)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("How it begins: A keeper finds a letter") && text.contains("sun.jpg"))
        #expect(try SchemaCheck("story").faults(in: bytes) == [])
        #expect(manifest.result?.segmentsSelected == 3 && manifest.stages.first { $0.name == .script }?.cost == 0)
        func said(_ last: String) -> String {
            #"echo '{"schema": "momentsd.planner/1", "scenes": [{"text": "a"}, {"text": "b"}\#(last)]}'"#
        }
        for (script, reason) in [
            ("echo garbage", "no momentsd.planner/1"), ("exit 4", "status 4"),
            (said(""), "2 scenes instead of 3"),
            (said(#", {"text": "c", "image": "/etc/passwd"}"#), "none of the story's pictures"),
            (said(#", {"text": "c", "duration": 1e9}"#), "0.2 to 60"),
            (said(#", {"text": "c", "motion": "spin"}"#), "'spin'"), (said(#", {"text": ""}"#), "1 to 500"),
        ] {
            let error = try #require(try await plan(try engine(script)).error)
            #expect(error.kind == .renderFailed && error.message.contains(reason), "\(error)")
        }
    }

    @Test(
        "an engine that misbehaves ends the job with its reason, and leaves nothing",
        arguments: [
            ("sleep 1000", "longer than 5 s"), ("head -c 100000 /dev/urandom", "no sound that can be used"),
            ("cat /dev/zero", "wrote more than"), ("exit 3", "status 3"),
        ]
    )
    func misbehaving(script: String, reason: String) async throws {
        // Only the one that hangs is to be waited for.
        let manifest = try await run(Self.story, try engine(script), timeout: script.hasPrefix("sleep") ? "5s" : "2min")
        let error = try #require(manifest.error)
        #expect(error.kind == .renderFailed && error.message.contains(reason), "\(error)")
        #expect(manifest.stages.first { $0.name == .voice }?.status == .failed)
        #expect(try Folder.names(in: root).allSatisfy { !$0.hasPrefix("moments-engines") })
        #expect(try Folder.names(in: root.appending("out")).filter { !$0.hasPrefix(".") }.isEmpty)
    }

    @Test("a generator that misbehaves ends the job with its reason, naming the shot")
    func generator() async throws {
        let story = #"{"user_prompt": "One.", "model_id": "bad", "resolution": 144}"#
        for (script, reason) in [("echo garbage", "momentsd.generator/1"), ("yes", "wrote more than 64 KiB")] {
            let error = try #require(try await run(story, try engine(script)).error)
            #expect(error.kind == .renderFailed && error.message.contains(reason) && error.message.contains("shot_001"))
        }
        let garbage = #"echo x > "$TMPDIR/a.mp4"; echo '{"schema":"momentsd.generator/1","file":"a.mp4"}'"#
        let error = try #require(try await run(story, try engine(garbage)).error)
        #expect(error.message.contains("cannot be used"), "\(error)")
    }

    @Test("the example of a generator makes shots of words and of a picture, each in its own time")
    func example() async throws {
        let colours = FilePath(#filePath).parent.parent.parent.parent.appending("examples/generators/colours")
        let story = """
            {"model_id": "bad", "resolution": 144, "shots": [{"text": "Calm.", "duration": 0.6},
             {"text": "Sun.", "image": "sun.jpg", "duration": 0.4}]}
            """
        let manifest = try await run(story, colours)
        #expect(manifest.status == .completed, "\(String(describing: manifest.error))")
        #expect(abs((manifest.result?.outputDuration ?? 0) - 1) < 0.001)
    }

    @Test(
        "the daemon lays a voice over a reel, whose pictures stay, and which is as long as the voice needs; a story shows it"
    )
    func footage() async throws {
        try configure()
        let own = String(
            decoding: try Descriptor.openRegular(configuration).read(1 << 16, at: 0, of: configuration),
            as: UTF8.self
        )
        let lines = own.split(separator: "\n").filter { !$0.hasPrefix("Program=") }
        try write(lines.joined(separator: "\n") + "\n[Voice]\nCommand=\(try engine())\n", configuration)
        try Folder.make(inbox)
        try write(
            #"{"voice_over": "One. Two. Three.", "target_duration": 2}"#,
            inbox.appending("film.mp4.request.json")
        )
        try Folder.move(try TestMedia.clip("film.mp4", seconds: 4), to: inbox.appending("film.mp4"))
        let process = try start()
        let path = inbox.appending(FilePath("film.mp4" + Manifest.suffix))
        func manifest() -> Manifest? {
            guard let bytes = try? Descriptor.openRegular(path).read(1 << 20, at: 0, of: path) else { return nil }
            return try? MomentsJSON.decode(Manifest.self, from: Data(bytes))
        }
        await wait { manifest()?.status.isFinal == true }
        let ended = try #require(manifest())
        #expect(ended.status == .completed, "\(String(describing: ended.error))")
        for stage in [Stage.script, .voice, .compositing] {
            #expect(ended.stages.first { $0.name == stage }?.status == .completed)
        }
        let result = try #require(ended.result)
        // Three times 1.5 s with two pauses, and what is around them.
        #expect(abs(result.outputDuration - 5.8) < 0.3)
        #expect(result.outputs.contains { $0.kind == "captions" && $0.path == "captions.vtt" })

        // What is finished can be shown by a story whose words fit its name.
        let shots = #"[{"text": "The film", "duration": 0.6, "generator": "local:archive"}]"#
        try write(#"{"resolution": 144, "shots": \#(shots)}"#, inbox.appending("look.story.json"))
        let other = inbox.appending(FilePath("look.story.json" + Manifest.suffix))
        func told() -> Manifest? {
            guard let bytes = try? Descriptor.openRegular(other).read(1 << 20, at: 0, of: other) else { return nil }
            return try? MomentsJSON.decode(Manifest.self, from: Data(bytes))
        }
        await wait { told()?.status.isFinal == true }
        #expect(told()?.status == .completed, "\(String(describing: told()?.error))")
        #expect(abs((told()?.result?.outputDuration ?? 0) - 0.6) < 0.001)
        #expect(await end(process, by: SIGTERM) == .exited(0))
    }
}
