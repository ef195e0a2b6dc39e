import FoundationEssentials
import MomentsCore
import MomentsMedia
import MomentsPipeline
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("a reel of several videos", .scratchFolder, .timeLimit(.minutes(5)))
struct AlbumRunTests {
    private func clip(_ name: String, _ size: String, _ rate: String, _ start: Int, made: String, seconds: Int = 8)
        throws
    {
        // One sound for all, of which each hears its own part: bangs at times that nothing repeats.
        let sound = "aevalsrc='0.8*sin(2*PI*(300+40*floor(t*1.7))*t)*exp(-9*mod(t*t*0.37+t*1.3,1))':s=48000"
        _ = try TestMedia.make(
            name,
            ["-f", "lavfi", "-i", "testsrc2=size=\(size):rate=\(rate)", "-f", "lavfi", "-i", sound, "-t", "\(seconds)"]
                + ["-filter:a", "atrim=start=\(start),asetpts=PTS-STARTPTS", "-c:v", "libx264", "-preset", "ultrafast"]
                + ["-pix_fmt", "yuv420p", "-c:a", "aac", "-metadata", "creation_time=\(made)"]
        )
    }

    private struct Document: Decodable {
        struct Entry: Decodable { let file: FilePath }
        let shots: [Entry]
        let leftOut: [Entry]

        private enum CodingKeys: String, CodingKey {
            case shots
            case leftOut = "left_out"
        }
    }

    @Test("videos of other shapes and rates, a silent and a broken one, make one reel in the commonest form")
    func album() throws {
        try clip("a.mp4", "320x180", "25", 0, made: "2026-07-12T10:00:00Z")
        try clip("b.mp4", "180x320", "30", 20, made: "2026-07-12T12:00:00Z")
        try clip("c.mp4", "320x180", "25", 40, made: "2026-07-12T11:00:00Z")
        _ = try TestMedia.make(
            "silent.mp4",
            ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25", "-t", "6", "-c:v", "libx264", "-pix_fmt", "yuv420p"]
        )
        let root = ScratchFolder.path
        try AtomicFile.replace(root.appending("broken.mp4"), with: Array("no video at all".utf8))
        let staging = root.appending("staging")
        try Folder.make(staging)
        let names = ["a.mp4", "b.mp4", "broken.mp4", "c.mp4", "silent.mp4"]
        var options = JobOptions(targetDuration: 12)
        options.album = AlbumOptions()
        options.album?.maxPerVideo = 1
        let spec = JobSpec(
            jobID: JobIdentifier.make(),
            source: root.appending("a.mp4"),
            name: "day",
            staging: staging,
            options: options,
            album: names.map { AlbumFile(path: root.appending($0), name: FilePath($0)) }
        )
        var events: [JobEvent] = []
        let isDone = JobRunner(spec, interrupt: Interrupt()) { events.append($0) }.run(pid: 1)
        #expect(isDone, "\(String(describing: events.last))")
        let reel = staging.appending("highlight.mp4")
        #expect(try TestMedia.probe(reel, "stream=width,height", ["-select_streams", "v:0"]) == ["320", "180"])
        #expect(try TestMedia.probe(reel, "stream=codec_name,channels", ["-select_streams", "a:0"]) == ["aac", "2"])
        let path = staging.appending("album.json")
        let bytes = try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path)
        let document = try MomentsJSON.decode(Document.self, from: Data(bytes))
        #expect(document.shots.map(\.file) == ["a.mp4", "c.mp4", "b.mp4", "silent.mp4"])
        #expect(document.leftOut.map(\.file) == ["broken.mp4"])
        // Each is shown in full pictures of the common rate, and the whole is as long as was asked for.
        let length = try #require(try TestMedia.probe(reel, "format=duration").first.flatMap(Double.init))
        #expect(abs(length - 12) < 0.5)
        #expect(try TestMedia.probe(reel, "stream=avg_frame_rate", ["-select_streams", "v:0"]) == ["25/1"])
    }
}
