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

    @Test("a video that is not there any more is not left out as if it were damaged: perhaps the whole share is gone")
    func vanished() throws {
        try clip("a.mp4", "320x180", "25", 0, made: "2026-07-12T10:00:00Z", seconds: 3)
        let root = ScratchFolder.path
        let staging = root.appending("staging")
        try Folder.make(staging)
        var options = JobOptions(targetDuration: 6)
        options.album = AlbumOptions()
        let spec = JobSpec(
            jobID: JobIdentifier.make(),
            source: root.appending("a.mp4"),
            name: "day",
            staging: staging,
            options: options,
            album: ["a.mp4", "gone.mp4"].map { AlbumFile(path: root.appending(FilePath($0)), name: FilePath($0)) }
        )
        var last: JobEvent?
        #expect(!JobRunner(spec, interrupt: Interrupt()) { last = $0 }.run(pid: 1))
        guard case .failed(_, let error) = last else { throw CancellationError() }
        #expect(error.kind == .readFailed && error.transient && error.message.contains("'gone.mp4'"))
    }

    /// What a JPEG tells of when it was taken, as its cameras write it (Exif 2.3, APP1).
    private func exif(_ taken: String) -> [UInt8] {
        func short(_ value: Int) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 255)] }
        func long(_ value: Int) -> [UInt8] { short(value >> 16) + short(value & 65535) }
        let head = Array("MM".utf8) + short(42) + long(8)
        let pointer = short(1) + short(0x8769) + short(4) + long(1) + long(26) + long(0)
        let date = short(1) + short(0x9003) + short(2) + long(20) + long(44) + long(0)
        let body = Array("Exif".utf8) + [0, 0] + head + pointer + date + Array(taken.utf8) + [0]
        return [0xFF, 0xE1] + short(body.count + 2) + body
    }

    @Test("photos, copies, several days and a video that ended the worker: days have chapters, sides are filled")
    func story() throws {
        try clip("a.mp4", "320x180", "25", 0, made: "2026-07-12T10:00:00Z")
        try clip("b.mp4", "180x320", "25", 20, made: "2026-07-14T12:00:00Z")
        try clip("bad.mp4", "320x180", "25", 60, made: "2026-07-14T13:00:00Z")
        let root = ScratchFolder.path
        func bytes(_ name: String) throws -> [UInt8] {
            let path = root.appending(FilePath(name))
            return try Descriptor.openRegular(path).read(8 << 20, at: 0, of: path)
        }
        try AtomicFile.replace(root.appending("copy of a.mp4"), with: try bytes("a.mp4"))
        let times = ["p": "2026:07:13 12:00:00", "q": "2026:07:13 12:00:01", "r": "2026:07:13 18:00:00"]
        for (name, taken) in times {
            let still = ["-f", "lavfi", "-i", "testsrc2=size=400x600:rate=1", "-frames:v", "1"]
            let plain = try bytes(try TestMedia.make("\(name).jpg", still).name.text)
            try AtomicFile.replace(
                root.appending(FilePath("\(name).jpg")),
                with: Array(plain[..<2]) + exif(taken) + Array(plain[2...])
            )
        }
        // As a phone keeps it.
        try Tool.run("heif-enc", [root.appending("r.jpg").text, "-o", root.appending("r.heic").text])
        let torn: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]
        try AtomicFile.replace(root.appending("torn.png"), with: torn)
        let staging = root.appending("staging")
        try Folder.make(staging.appending(".album"))
        let mark = "\(try FileStatus.of(root.appending("bad.mp4")).identity).begun"
        try AtomicFile.replace(staging.appending(".album").appending(FilePath(mark)), with: [])
        var options = JobOptions(targetDuration: 14)
        options.album = AlbumOptions()
        options.album?.maxPerVideo = 1
        let videos = ["a.mp4", "b.mp4", "bad.mp4", "copy of a.mp4"].map { ($0, false) }
        let photos = ["p.jpg", "q.jpg", "r.heic", "torn.png"].map { ($0, true) }
        let spec = JobSpec(
            jobID: JobIdentifier.make(),
            source: root.appending("a.mp4"),
            name: "day",
            staging: staging,
            options: options,
            album: (videos + photos).map { name, isPhoto in
                AlbumFile(path: root.appending(FilePath(name)), name: FilePath(name), isPhoto: isPhoto)
            },
            isWary: true
        )
        var events: [JobEvent] = []
        let isDone = JobRunner(spec, interrupt: Interrupt()) { events.append($0) }.run(pid: 1)
        #expect(isDone, "\(String(describing: events.last))")
        let path = staging.appending("album.json")
        let document = try MomentsJSON.decode(Document.self, from: Data(try bytes("staging/album.json")))
        #expect(document.shots.map(\.file) == ["a.mp4", "p.jpg", "r.heic", "b.mp4"], "\(path)")
        #expect(document.leftOut.map(\.file) == ["bad.mp4", "copy of a.mp4", "q.jpg", "torn.png"])
        let reel = staging.appending("highlight.mp4")
        let chapters = try TestMedia.probe(reel, "chapter_tags=title")
        #expect(chapters == ["2026-07-12", "2026-07-13", "2026-07-14"])
        // An upright photo, and an upright video, in the lying form: something is seen beside both.
        let begins = try TestMedia.probe(reel, "chapter=start_time").compactMap(Double.init)
        for time in [(begins[1] + 1.2), (begins[2] + 1.2)] {
            let edge = try TestMedia.make(
                "edge.gray",
                ["-ss", "\(time)", "-i", reel.text, "-frames:v", "1", "-f", "rawvideo", "-vf"]
                    + ["crop=40:60:0:0,format=gray,scale=1:1:flags=area"]
            )
            let level = try Descriptor.openRegular(edge).read(1, at: 0, of: edge)[0]
            // Black is 0.
            #expect(level > 10, "\(level) at \(time) s")
        }
    }
}
