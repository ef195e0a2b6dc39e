import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

/// The whole path over clips that real cameras, phones and archives made, where there are any.
@Suite("real clips", .scratchFolder, .timeLimit(.minutes(5)), .enabled(if: !RealClips.small.isEmpty))
struct RealClipTests {
    @Test("each becomes a reel that other programs decode, or is refused with a reason; nothing half-done is left")
    func each() async throws {
        for clip in RealClips.small {
            let output = ScratchFolder.path.appending(clip.name.adding(suffix: ".out"))
            let words: [FilePath] = ["run", clip, "-o", output, "--quality", "low", "--target-duration", "4", "--json"]
            let run = try await BuiltProgram("moments").run(words)
            let manifest = try MomentsJSON.decode(Manifest.self, from: Data(run.output.utf8))
            switch manifest.status {
            case .completed:
                let reel = output.appending(clip.stem).appending("highlight.mp4")
                let decode = try Tool.outcome(
                    "ffmpeg",
                    ["-v", "warning", "-xerror", "-i", reel.text, "-f", "null", "-"]
                )
                #expect(decode.status == 0 && decode.errors.isEmpty, "\(clip.name): \(decode.errors)")
                let length = try #require(try TestMedia.probe(reel, "format=duration").first.flatMap(Double.init))
                #expect(abs(length - (manifest.result?.outputDuration ?? 0)) < 0.1, "\(clip.name)")
            case .failed:
                #expect(manifest.error?.message.isEmpty == false, "\(clip.name)")
                #expect(manifest.error?.kind != .verificationFailed, "\(clip.name): \(manifest.message)")
                #expect(manifest.error?.kind != .workerCrashed, "\(clip.name): \(manifest.message)")
                #expect((try? Folder.names(in: output)) ?? [] == [], "\(clip.name)")
            default: Issue.record("\(clip.name) ended as \(manifest.status)")
            }
        }
    }
}
