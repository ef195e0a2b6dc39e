import FoundationEssentials
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

/// Subtitles on their way through the inbox.
@Suite("the daemon and words beside videos", .scratchFolder, .timeLimit(.minutes(10)))
struct RealWordsDaemonTests: DaemonFixture {
    private func configureReal(_ intake: String = "") throws {
        let text = """
            [Folders]
            Inbox=\(inbox)
            Outbox=\(outbox)
            State=\(root)/state
            Presets=\(root)/presets
            [Intake]
            SettleTime=300ms
            \(intake)
            [Status]
            Socket=\(root)/status.sock
            """
        try AtomicFile.replace(configuration, with: text.utf8, durable: false)
    }

    private func manifest(_ name: FilePath) -> Manifest? {
        let path = inbox.appending(name.adding(suffix: Manifest.suffix))
        guard let bytes = try? Descriptor.openRegular(path).read(1 << 20, at: 0, of: path) else { return nil }
        return try? MomentsJSON.decode(Manifest.self, from: Data(bytes))
    }

    /// Drops a silent video and its subtitles, and waits for the result.
    private func drop() async throws -> Manifest {
        try Folder.make(inbox)
        let words = "1\n00:00:00,500 --> 00:00:03,500\nThe pelican brought everybody a lemon.\n"
        try AtomicFile.replace(inbox.appending("talk.en.srt"), with: Array(words.utf8), durable: false)
        let video = try TestMedia.make(
            "talk.mp4",
            ["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=4", "-c:v", "libx264", "-pix_fmt", "yuv420p"]
        )
        try Folder.move(video, to: inbox.appending("talk.mp4"))
        await wait { manifest("talk.mp4")?.status.isFinal == true }
        return try #require(manifest("talk.mp4"))
    }

    @Test("a video dropped with its subtitles has a result with words, which its manifest and captions tell")
    func beside() async throws {
        try configureReal()
        let daemon = try start()
        let made = try await drop()
        #expect(await end(daemon, by: SIGTERM) == .exited(0))
        #expect(made.transcript?.isUsed == true && made.transcript?.origin == "talk.en.srt", "\(made)")
        let result = try #require(made.result)
        #expect(result.words?.contains("pelican") == true)
        let captions = outbox.appending(try #require(result.folder)).appending("highlight.vtt")
        let bytes = try Descriptor.openRegular(captions).read(1 << 16, at: 0, of: captions)
        #expect(String(decoding: bytes, as: UTF8.self).contains("The pelican brought everybody a lemon."))
    }

    @Test("what is left alone is not read either", arguments: ["Ignore=*.srt", "Companions=off"])
    func leftAlone(_ intake: String) async throws {
        try configureReal(intake)
        let daemon = try start()
        let made = try await drop()
        #expect(await end(daemon, by: SIGTERM) == .exited(0))
        #expect(made.status == .completed && made.transcript == nil && made.result?.words == nil)
    }
}
