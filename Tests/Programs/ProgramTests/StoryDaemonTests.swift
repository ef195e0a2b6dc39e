import FoundationEssentials
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

/// Clips that people commission, through the daemon and the real worker.
@Suite("commissioned clips through the daemon", .scratchFolder, .timeLimit(.minutes(5)))
struct StoryDaemonTests: DaemonFixture {
    private func write(_ text: String, _ path: FilePath, mode: UInt32 = 0o644) throws {
        try AtomicFile.replace(path, with: text.utf8, mode: mode, durable: false)
    }

    private func text(_ path: FilePath) -> String {
        (try? Descriptor.openRegular(path).read(1 << 20, at: 0, of: path)).map { String(decoding: $0, as: UTF8.self) }
            ?? ""
    }

    /// A configuration with the worker beside the daemon, and more.
    private func configureReal(_ more: String = "") throws {
        try configure()
        let lines = text(configuration).split(separator: "\n").filter { !$0.hasPrefix("Program=") }
        try write(lines.joined(separator: "\n") + "\n" + more, configuration)
        try Folder.make(inbox)
    }

    private func manifest(_ name: String) -> Manifest? {
        let path = inbox.appending(FilePath(name + Manifest.suffix))
        guard let bytes = try? Descriptor.openRegular(path).read(1 << 20, at: 0, of: path) else { return nil }
        return try? MomentsJSON.decode(Manifest.self, from: Data(bytes))
    }

    @Test("a product clip with its picture beside it is made; one whose picture is a link fails and says so")
    func product() async throws {
        try configureReal()
        let picture = ["-f", "lavfi", "-i", "color=0xD02020:s=300x300", "-frames:v", "1"]
        try Folder.move(try TestMedia.make("shoe.png", picture), to: inbox.appending("shoe.png"))
        symlink("shoe.png", inbox.appending("link.png").text)
        let requests = [("walk", "shoe.png"), ("run", "link.png")]
        for (name, picture) in requests {
            try write(
                #"{"product_name": "Aurora", "cta_text": "Buy", "product_image": "\#(picture)", "target_duration": 3}"#,
                inbox.appending(FilePath("\(name).mp4.request.json"))
            )
            let clip = try TestMedia.clip("\(name).mp4", seconds: 4)
            try Folder.move(clip, to: inbox.appending(FilePath("\(name).mp4")))
        }
        let process = try start()
        await wait { requests.allSatisfy { manifest("\($0.0).mp4")?.status.isFinal == true } }
        let made = try #require(manifest("walk.mp4"))
        #expect(made.status == .completed, "\(String(describing: made.error))")
        let raw = root.appending("last.raw")
        let reel = outbox.appending(try #require(made.result?.folder)).appending("highlight.mp4").text
        try Tool.run(
            "ffmpeg",
            ["-nostdin", "-v", "error", "-y", "-sseof", "-0.3", "-i", reel, "-frames:v", "1"]
                + ["-vf", "format=rgb24", "-f", "rawvideo", raw.text]
        )
        let pixels = try Descriptor.openRegular(raw).read(1 << 24, at: 0, of: raw)
        let reds = stride(from: 0, to: pixels.count, by: 3).count { pixels[$0] > 170 && pixels[$0 + 1] < 70 }
        #expect(reds > pixels.count / 3 / 50, "\(reds) of \(pixels.count / 3)")
        let refused = try #require(manifest("run.mp4")?.error)
        #expect(refused.kind == .invalidRequest && refused.message.contains("'link.png'"))
        // The picture is no job.
        #expect(manifest("shoe.png") == nil)
        #expect(await end(process, by: SIGTERM) == .exited(0))
    }

    @Test("a generator that is killed, and a service that is, cost only the shot that was at work")
    func resumed() async throws {
        let clip = try TestMedia.clip("made.mp4", seconds: 1)
        let program = root.appending("dream.sh")
        // The first call is killed, the second hangs until the service is gone, and the third does its work.
        let script = """
            #!/bin/sh
            cat > /dev/null
            echo $$ >> '\(root)/calls'
            case $(wc -l < '\(root)/calls') in
                1) kill -9 $$ ;;
                2) exec sleep 1000 ;;
            esac
            cp '\(clip)' "$TMPDIR/shot.mp4"
            echo '{"schema":"momentsd.generator/1","file":"shot.mp4","cost":3}'
            """
        try write(script, program, mode: 0o755)
        try configureReal("[Generator dream]\nCommand=\(program)\nNetwork=yes\n")
        let story = """
            {"resolution": 144, "shots": [{"id": "a", "text": "One", "duration": 0.4},
             {"id": "b", "text": "Two", "duration": 0.4, "generator": "dream"}]}
            """
        try write(story, inbox.appending("trip.story.json"))
        let first = try start()
        await wait { manifest("trip.story.json")?.status == .failed }
        let error = try #require(manifest("trip.story.json")?.error)
        #expect(error.message.contains("'b'") && error.message.contains("SIGKILL"), "\(error)")
        try Folder.removeFile(inbox.appending(FilePath("trip.story.json" + Manifest.suffix)))
        func calls() -> [Substring] { text(root.appending("calls")).split(separator: "\n") }
        await wait { calls().count == 2 }
        kill(first.pid, SIGKILL)
        await wait { first.reap() != nil }
        // Outside a unit nobody ends what a killed service had started.
        for call in calls() { if let pid = pid_t(String(call)) { kill(pid, SIGKILL) } }

        let second = try start()
        await wait { manifest("trip.story.json")?.status == .completed }
        let made = try #require(manifest("trip.story.json"))
        #expect(made.notes.contains { $0.contains("'a' is as it was made before") }, "\(made.notes)")
        #expect(made.notes.contains { $0.contains("[Generator dream] Network=yes") })
        #expect(calls().count == 3)
        #expect(made.stages.first { $0.name == .video }?.cost == 3)
        #expect(abs((made.result?.outputDuration ?? 0) - 0.8) < 0.001)
        #expect(try Folder.names(in: root.appending("state/engines")) == [])
        // The journal tells of the job, and nothing of its encoder.
        let told = (try? second.errors.receive(atMost: 1 << 20, from: "the service")) ?? []
        let journal = String(decoding: told, as: UTF8.self)
        #expect(journal.contains("trip.story.json") && !journal.contains("libx264"))
        #expect(await end(second, by: SIGTERM) == .exited(0))
    }
}
