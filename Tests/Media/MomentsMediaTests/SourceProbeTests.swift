internal import Glibc
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem
internal import MomentsTestSupport
internal import Testing

@Suite("looking at a file", .scratchFolder)
struct SourceProbeTests {
    func probe(_ path: FilePath) throws(SourceProbe.Refusal) -> MediaSource {
        try SourceProbe.open(path, interrupt: Interrupt())
    }

    @Test("a video is described exactly", arguments: ["a.mp4", "a.mkv", "a.avi", "a.ts", "a.mov"])
    func description(_ name: String) throws {
        let source = try probe(try TestMedia.clip(name, rate: "30000/1001"))
        #expect(source.video.codec == "h264")
        #expect(source.audio?.codec == "aac")
        #expect(source.video.format.width == 160 && source.video.format.height == 90)
        #expect(source.frameCount == 60)
        #expect(abs(source.duration.seconds - 60 * 1001 / 30_000) < 0.04)
    }

    @Test("the wrong name does not matter, the content does")
    func wrongName() throws {
        let path = try TestMedia.clip("a.mkv")
        try Folder.move(path, to: ScratchFolder.path.appending("a.mp4"))
        #expect(try probe(ScratchFolder.path.appending("a.mp4")).container.hasPrefix("matroska"))
    }

    @Test("a clock that starts late starts at zero here")
    func startOffset() throws {
        let source = try probe(try TestMedia.clip("a.ts", extra: ["-output_ts_offset", "40000"]))
        #expect(source.origin.seconds > 40_000)
        #expect(abs(source.duration.seconds - 2) < 0.05)
        let reader = try MediaReader(source, tracks: .video, threads: 1, interrupt: Interrupt())
        guard case .video(let time, _) = try reader.next() else {
            Issue.record("no picture")
            return
        }
        #expect(time == .zero)
    }

    @Test(
        "what is no video is refused with its reason",
        arguments: [
            ("text.mp4", "unsupported"), ("empty.mp4", "unsupported"), ("sound.mp4", "noVideo"),
            ("photo.mp4", "unsupported"),
            ("cut.mp4", "corrupt"), ("folder.mp4", "failed"),
        ]
    )
    func refusals(_ name: String, _ kind: String) throws {
        let path = ScratchFolder.path.appending(name)
        switch name {
        case "text.mp4": try AtomicFile.replace(path, with: Array("This is no video.\n".utf8))
        case "empty.mp4": try AtomicFile.replace(path, with: [])
        case "sound.mp4": _ = try TestMedia.make(name, ["-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac"])
        case "photo.mp4":
            let frame = try TestMedia.make("p.jpg", ["-f", "lavfi", "-i", "testsrc2=size=64x64", "-frames:v", "1"])
            try Folder.move(frame, to: path)
        case "cut.mp4":
            let whole = try TestMedia.clip("whole.mp4")
            let file = try Descriptor.open(whole, O_RDONLY)
            try AtomicFile.replace(path, with: try file.read(20_000, at: 0, of: whole))
        default: try Folder.make(path)
        }
        do {
            _ = try probe(path)
            Issue.record("\(name) was taken")
        } catch { #expect("\(error)".hasPrefix(kind), "\(error)") }
    }

    @Test("a link out of the inbox is not followed")
    func link() throws {
        let path = ScratchFolder.path.appending("link.mp4")
        #expect(symlink(try TestMedia.clip("a.mp4").text, path.text) == 0)
        #expect(throws: SourceProbe.Refusal.self) { _ = try probe(path) }
    }

    @Test("a playlist opens no other file")
    func playlist() throws {
        let clip = try TestMedia.clip("a.ts")
        let path = ScratchFolder.path.appending("list.m3u8")
        let text = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n\(clip.text)\n#EXT-X-ENDLIST\n"
        try AtomicFile.replace(path, with: Array(text.utf8))
        #expect(throws: SourceProbe.Refusal.self) { _ = try probe(path) }
    }

    @Test("the moving track is chosen before a still one, whichever comes first")
    func stillFirst() throws {
        let clip = try TestMedia.clip("a.mp4")
        let frame = try TestMedia.make("p.jpg", ["-f", "lavfi", "-i", "testsrc2=size=320x180", "-frames:v", "1"])
        let both = try TestMedia.make(
            "both.mp4",
            ["-i", frame.text, "-i", clip.text, "-map", "0:v", "-map", "1", "-c", "copy", "-disposition:v:0", "0"]
        )
        let source = try probe(both)
        #expect(source.video.codec == "h264")
        #expect(source.video.index == 1)
    }

    @Test("turned frames are known as turned", arguments: [90, 180, 270])
    func rotation(_ degrees: Int) throws {
        // Versions of ffmpeg disagree about the direction of `rotate`; ffprobe says what the matrix really is.
        let clip = try TestMedia.clip("a.mp4")
        let turned = try TestMedia.make(
            "t.mp4",
            ["-i", clip.text, "-c", "copy", "-metadata:s:v:0", "rotate=\(degrees)"]
        )
        let format = try probe(turned).video.format
        let counterclockwise = try TestMedia.probe(turned, "stream_side_data=rotation", ["-select_streams", "v:0"])
        let clockwise = -(try #require(counterclockwise.compactMap(Int.init).first))
        #expect(format.orientation == Orientation(rotation: clockwise, isMirrored: false))
        #expect(format.displaySize.width == (degrees == 180 ? 160 : 90))
    }

    @Test("stop means stop")
    func interruption() throws {
        let path = try TestMedia.clip("a.mp4")
        let interrupt = Interrupt()
        interrupt.request()
        #expect(throws: SourceProbe.Refusal.self) { _ = try SourceProbe.open(path, interrupt: interrupt) }
    }
}
