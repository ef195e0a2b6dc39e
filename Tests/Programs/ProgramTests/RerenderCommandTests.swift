import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("moments rerender", .scratchFolder, .timeLimit(.minutes(5)))
struct RerenderCommandTests {
    private struct Saved: Decodable {
        let target_duration: Double
        let title: String?
        let pin: [RequestedRange]
        let ban: [RequestedRange]
        let segments: [RequestedRange]
        let aspect: String?
        let preset: String?
    }

    private struct Shapes: Decodable { let aspect: [String] }

    private let inbox = ScratchFolder.path.appending("in")
    private let outbox = ScratchFolder.path.appending("out")

    /// A video with a result of two shots and a near miss.
    private func prepare(_ change: (inout Manifest) -> Void = { _ in }) throws {
        try Folder.make(inbox)
        try Folder.make(outbox.appending("a"))
        try AtomicFile.replace(inbox.appending("a.mp4"), with: [1], durable: false)
        let config = "[Folders]\nInbox=\(inbox.text)\nOutbox=\(outbox.text)\n"
        try AtomicFile.replace(ScratchFolder.path.appending("m.conf"), with: Array(config.utf8), durable: false)
        let highlight = """
            {"shots":[{"shot_id":"shot_001","in":10,"out":14},{"shot_id":"shot_002","in":20,"out":25.5}],
            "near_misses":[{"in":40,"out":43}]}
            """
        try AtomicFile.replace(outbox.appending("a/highlight.json"), with: Array(highlight.utf8), durable: false)
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        var manifest = Manifest(
            jobID: JobIdentifier.make(at: now),
            source: SourceInfo(name: "a.mp4", folder: "", size: 1, modifiedAt: now),
            config: JobOptions(targetDuration: 20),
            preset: nil,
            at: now
        )
        manifest.pretend(.completed)
        manifest.result = JobResult(outputs: [], inputDuration: 60, outputDuration: 20, segmentsSelected: 2)
        manifest.result?.folder = "a"
        change(&manifest)
        let path = inbox.appending("a.mp4" + Manifest.suffix)
        try AtomicFile.replace(path, with: try MomentsJSON.document(manifest), durable: false)
    }

    private func rerender(_ words: String...) async throws -> BuiltProgram.Run {
        let fixed = ["rerender", "--config", ScratchFolder.path.appending("m.conf").text]
        return try await BuiltProgram("moments").run(
            (fixed + words + [inbox.appending("a.mp4").text]).map { FilePath($0) }
        )
    }

    private func saved() throws -> Saved {
        let path = inbox.appending("a.mp4" + Manifest.requestSuffix)
        return try MomentsJSON.decode(
            Saved.self,
            from: Data(try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path))
        )
    }

    private func range(_ start: Double, _ end: Double) -> RequestedRange { RequestedRange(start: start, end: end) }

    @Test("preset, form and what was asked for before stay, also where the daemon has not seen it yet")
    func again() async throws {
        try prepare {
            $0.preset = "sport"
            $0.config.aspect = .portrait
        }
        try Folder.make(ScratchFolder.path.appending("presets"))
        let preset = ScratchFolder.path.appending("presets/sport.conf")
        try AtomicFile.replace(preset, with: Array("[Highlight]\nTargetDuration=50s\n".utf8), durable: false)
        #expect(try await rerender("--pin", "1-2").exit == .exited(0))
        #expect(try saved().aspect == "9:16" && saved().preset == "sport")
        #expect(try await rerender("--ban", "30-33", "--title", "Day one").exit == .exited(0))
        let both = try saved()
        #expect(both.pin == [range(1, 2)] && both.ban == [range(30, 33)] && both.title == "Day one")
        #expect(both.aspect == "9:16" && both.preset == "sport" && both.target_duration == 20)
    }

    @Test("several shapes stay, and can be named by commas; one that is not known is refused in a sentence")
    func aspects() async throws {
        func shapes() throws -> [String] {
            let path = inbox.appending("a.mp4" + Manifest.requestSuffix)
            let bytes = try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path)
            return try MomentsJSON.decode(Shapes.self, from: Data(bytes)).aspect
        }
        try prepare { $0.config.aspects = [.source, .portrait] }
        #expect(try await rerender("--pin", "1-2").exit == .exited(0))
        #expect(try shapes() == ["source", "9:16"])
        #expect(try await rerender("--aspect", "1:1,4:5").exit == .exited(0))
        #expect(try shapes() == ["1:1", "4:5"])
        let refused = try await rerender("--aspect", "1:1,3:7")
        #expect(refused.exit == .exited(2) && refused.errors.contains("--aspect cannot be '1:1,3:7'"))
        #expect(try shapes() == ["1:1", "4:5"])
    }

    @Test("shots by name, moments by time and stretches become a request beside the video")
    func request() async throws {
        try prepare()
        let run = try await rerender("--pin", "12.5,50,0:55-1:30", "--ban", "shot_002,41", "--target-duration", "45")
        #expect(run.exit == .exited(0), "\(run.errors)")
        let saved = try saved()
        #expect(saved.target_duration == 45)
        #expect(saved.pin == [range(10, 14), range(48, 52), range(55, 60)])
        #expect(saved.ban == [range(20, 25.5), range(40, 43)])
    }

    @Test("earlier pins and bans stay unless they contradict, or all is to be fresh")
    func earlier() async throws {
        try prepare {
            $0.config.pin = [RequestedRange(start: 1, end: 3)]; $0.config.ban = [RequestedRange(start: 20, end: 22)]
        }
        #expect(try await rerender("--pin", "shot_002", "--title", "Day one").exit == .exited(0))
        #expect(try saved().pin == [range(1, 3), range(20, 25.5)])
        #expect(try saved().ban.isEmpty)
        #expect(try saved().title == "Day one")
        #expect(try saved().target_duration == 20)
        #expect(try await rerender("--fresh", "--ban", "0-5").exit == .exited(0))
        #expect(try saved().pin.isEmpty)
        #expect(try saved().ban == [range(0, 5)])
    }

    @Test(
        "what is no moment of the video is refused, and nothing is written",
        arguments: ["shot_009", "99", "30-20", "1-2-3", "x", "70-80"]
    )
    func refused(word: String) async throws {
        try prepare()
        let run = try await rerender("--pin", word)
        #expect(run.exit == .exited(2))
        #expect(run.errors.contains("shot_001, shot_002"))
        #expect((try? saved()) == nil)
    }

    @Test("with --json it writes the request that was saved")
    func json() async throws {
        try prepare()
        let run = try await rerender("--pin", "1-3", "--json")
        #expect(try MomentsJSON.decode(Saved.self, from: Data(run.output.utf8)).pin == [range(1, 3)])
        #expect(try saved().pin == [range(1, 3)])
    }

    @Test("a voice stays, with its language and style; a story is not rendered again like a video")
    func voice() async throws {
        try prepare { manifest in
            (manifest.config.voiceOver, manifest.config.language) = (.text("One."), .turkish)
            (manifest.config.style, manifest.config.captions) = (.energetic, .off)
        }
        #expect(try await rerender("--pin", "1-3").exit == .exited(0))
        let path = inbox.appending("a.mp4" + Manifest.requestSuffix)
        let bytes = try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path)
        let text = String(decoding: bytes, as: UTF8.self)
        for kept in [
            #""voice_over" : "One.""#, #""language" : "tr""#, #""style" : "energetic""#, #""captions" : "off""#,
        ] { #expect(text.contains(kept), "\(text)") }
        try Folder.removeFile(path)
        try prepare { $0.config.story = Story(prompt: "One.") }
        let run = try await rerender("--title", "x")
        #expect(run.exit == .exited(2) && run.errors.contains("storyboard.json"), "\(run.errors)")
        #expect((try? FileStatus.of(path)) == nil)
    }

    @Test("a video without a result is left alone")
    func unfinished() async throws {
        try prepare { $0.pretend(.failed) }
        let run = try await rerender("--pin", "12")
        #expect(run.exit == .exited(1))
        #expect(run.errors.contains("only what has a result"))
    }
}
