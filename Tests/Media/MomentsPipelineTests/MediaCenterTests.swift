import Foundation
import MomentsCore
import MomentsMedia
import MomentsPipeline
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("what media centres read", .scratchFolder, .timeLimit(.minutes(5)))
struct MediaCenterTests {
    private let staging = ScratchFolder.path.appending("staging")

    /// Does a job.
    ///
    /// - Returns: Its outputs, by their paths.
    private func run(_ video: FilePath, _ change: (inout JobOptions) -> Void) throws -> [String: JobResult.Output] {
        try Folder.make(staging)
        var options = JobOptions(targetDuration: 2)
        change(&options)
        let spec = JobSpec(jobID: "x", source: video, name: video.name, staging: staging, options: options)
        var outputs: [JobResult.Output] = []
        let isDone = JobRunner(spec, interrupt: Interrupt()) { event in
            if case .completed(let result) = event { outputs = result.outputs }
        }.run(pid: 1)
        #expect(isDone)
        return Dictionary(uniqueKeysWithValues: outputs.map { ($0.path, $0) })
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOf: URL(fileURLWithPath: staging.appending(name).text), encoding: .utf8)
    }

    @Test("Jellyfin finds its pictures beside the reel, the video's in a folder of their own, and both have a text")
    func trickplay() throws {
        let video = try TestMedia.clip("sea & \"sun\".mp4", seconds: 12)
        let outputs = try run(video) {
            $0.exports.trickplay = true
            $0.title = "A <day>"
        }
        // The clip is narrower than the 320 pixels Jellyfin wants, and so are its pictures; each file is ten rows of ten.
        for folder in ["highlight.trickplay", "original/sea & \"sun\".trickplay"] {
            let path = "\(folder)/160 - 10x10/0.jpg"
            #expect(outputs[path]?.kind == "trickplay")
            let shown = try TestMedia.probe(staging.appending(path), "stream=codec_name,width,height")
            #expect(shown == ["mjpeg", "1600", "900"])
            #expect(outputs["\(folder)/160 - 10x10/1.jpg"] == nil)
        }
        let reel = try text("highlight.nfo")
        #expect(reel.contains("<title>A &lt;day&gt;</title>") && reel.contains("<lockdata>true</lockdata>"))
        #expect(reel.contains("The best moments of sea &amp; &quot;sun&quot;.mp4 (00:00:12):"))
        #expect(outputs["original/sea & \"sun\".nfo"]?.kind == "nfo")
        #expect(outputs["highlight-poster.jpg"] == nil)
    }

    @Test("Kodi finds poster, fanart and thumb by the reel's name; unasked, nothing of all this is there")
    func kodi() throws {
        let video = try TestMedia.clip("a.mp4", seconds: 4)
        let outputs = try run(video) { $0.exports.mediaCenter = .kodi }
        for (name, like) in [("poster", "poster"), ("fanart", "poster"), ("thumb", "thumbnail")] {
            #expect(outputs["highlight-\(name).jpg"]?.sha256 == outputs["\(like).jpg"]?.sha256)
        }
        #expect(outputs["highlight.nfo"] != nil && !outputs.values.contains { $0.kind == "trickplay" })
        try Folder.removeTree(staging)
        let plain = try run(video) { _ in }
        #expect(!plain.keys.contains { $0.contains("nfo") || $0.contains("highlight-") || $0.contains("original") })
    }
}
