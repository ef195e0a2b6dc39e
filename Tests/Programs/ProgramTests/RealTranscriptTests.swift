import FoundationEssentials
import Glibc
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

/// A command that writes down what is said, through the daemon and the real worker.
@Suite("a transcript by a command", .scratchFolder, .timeLimit(.minutes(10)))
struct RealTranscriptTests: DaemonFixture {
    /// When somebody speaks, in seconds.
    private static let said: [ClosedRange<Double>] = [1...3.1, 4...6.4, 7...8.6, 9.7...11.5]

    private var vtt: String {
        Self.said.enumerated().reduce("WEBVTT\n\n") { text, entry in
            func clock(_ seconds: Double) -> String { ClockText.milliseconds(seconds) }
            let (number, range) = entry
            return text + "\(clock(range.lowerBound)) --> \(clock(range.upperBound))\n"
                + "The pelican brought lemon number \(number).\n\n"
        }
    }

    private func configureReal(_ script: String) throws {
        let command = root.appending("recogniser")
        try AtomicFile.replace(command, with: ("#!/bin/sh\n" + script).utf8, mode: 0o755, durable: false)
        let text = """
            [Folders]
            Inbox=\(inbox)
            Outbox=\(outbox)
            State=\(root)/state
            Presets=\(root)/presets
            [Intake]
            SettleTime=300ms
            [Transcript]
            Command=\(command)
            [Status]
            Socket=\(root)/status.sock
            """
        try AtomicFile.replace(configuration, with: text.utf8, durable: false)
        try Folder.make(inbox)
    }

    private func manifest(_ name: FilePath) -> Manifest? {
        let path = inbox.appending(name.adding(suffix: Manifest.suffix))
        guard let bytes = try? Descriptor.openRegular(path).read(1 << 20, at: 0, of: path) else { return nil }
        return try? MomentsJSON.decode(Manifest.self, from: Data(bytes))
    }

    private func stage(_ manifest: Manifest?) -> StageRecord? {
        manifest?.stages.first { $0.name == .transcript }
    }

    /// Drops a video in which a tone stands for each sentence, and waits for its result.
    private func drop(_ name: String) async throws -> Manifest {
        let gates = Self.said.map { "between(t,\($0.lowerBound),\($0.upperBound))" }.joined(separator: "+")
        let video = try TestMedia.make(
            name,
            [
                "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=12", "-f", "lavfi", "-i",
                "aevalsrc='0.3*sin(660*PI*t)*(\(gates))+0.002*sin(100*PI*t)':s=44100:d=12", "-c:v", "libx264",
                "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac",
            ]
        )
        try Folder.move(video, to: inbox.appending(FilePath(name)))
        await wait { manifest(FilePath(name))?.status.isFinal == true }
        return try #require(manifest(FilePath(name)))
    }

    @Test("it hears the whole sound, what it writes is used, is kept for a rerender, and subtitles come before it")
    func said() async throws {
        // It answers only where it reads a recording of twelve seconds.
        try configureReal(
            """
            cat > "$TMPDIR/heard.wav"
            [ "$(head -c 4 "$TMPDIR/heard.wav")" = RIFF ] || exit 3
            size=$(wc -c < "$TMPDIR/heard.wav")
            [ "$size" -gt 380000 ] && [ "$size" -lt 390000 ] || exit 4
            cat <<'END'
            \(vtt)
            END
            """
        )
        let daemon = try start()
        let made = try await drop("talk.mp4")
        #expect(made.status == .completed && made.transcript?.isUsed == true, "\(made.notes) \(made.message)")
        #expect(made.transcript?.origin == "transcript command")
        #expect(stage(made)?.status == .completed)
        #expect(made.result?.words?.contains("pelican") == true)
        let request = "{\"target_duration\": 6}"
        try AtomicFile.replace(inbox.appending("talk.mp4.request.json"), with: request.utf8, durable: false)
        await wait { manifest("talk.mp4").map { $0.jobID != made.jobID && $0.status == .completed } ?? false }
        let again = try #require(manifest("talk.mp4"))
        #expect(stage(again)?.status == .skipped && stage(again)?.reason == "it was written down before")
        #expect(again.transcript?.isUsed == true)
        try AtomicFile.replace(inbox.appending("other.vtt"), with: vtt.utf8, durable: false)
        let other = try await drop("other.mp4")
        #expect(stage(other)?.status == .skipped && stage(other)?.reason == "there are subtitles: other.vtt")
        #expect(await end(daemon, by: SIGTERM) == .exited(0))
    }

    @Test(
        "whatever goes wrong, the reel is made, and a note says why",
        arguments: [
            ("cat > /dev/null; echo sorry >&2; exit 5", "it ended with status 5: sorry"),
            ("cat > /dev/null; echo Once upon a time", "it wrote no WebVTT"),
            ("cat > /dev/null", "it wrote nothing"),
        ]
    )
    func wrong(_ script: String, _ reason: String) async throws {
        try configureReal(script + "\n")
        let daemon = try start()
        let made = try await drop("talk.mp4")
        #expect(made.status == .completed && made.transcript == nil)
        #expect(stage(made)?.status == .failed)
        #expect(stage(made)?.error?.hasPrefix(reason) == true, "\(stage(made)?.error ?? "")")
        #expect(made.notes.contains { $0.contains("without a transcript") && $0.contains(reason) }, "\(made.notes)")
        #expect(await end(daemon, by: SIGTERM) == .exited(0))
    }
}
