internal import MomentsCore
internal import MomentsMedia
internal import MomentsStills
internal import MomentsTestSupport
internal import Testing

@Suite("the thumbnail", .scratchFolder)
struct ThumbnailTests {
    /// Segments of a colour each, with a white box so that there is something to see.
    private func clip(_ name: String, _ colors: [(String, Double)]) throws -> FilePath {
        let inputs = colors.flatMap { color, seconds in
            let box = color == "black" ? "" : ",drawbox=x=40:y=40:w=100:h=60:c=white:t=fill"
            return ["-f", "lavfi", "-i", "color=c=\(color):s=640x360:r=10:d=\(seconds)\(box)"]
        }
        return try TestMedia.make(
            name,
            inputs + [
                "-filter_complex", "concat=n=\(colors.count)", "-c:v", "libx264", "-preset", "ultrafast",
                "-pix_fmt", "yuv420p",
            ]
        )
    }

    private func thumbnail(_ path: FilePath) throws -> Still {
        let source = try SourceProbe.open(path, interrupt: Interrupt())
        return try Thumbnail.make(source, places: FramePlaces(source), interrupt: Interrupt())
    }

    @Test("it is the frame at a tenth of the video, 320 wide")
    func tenth() throws {
        let still = try thumbnail(try clip("a.mp4", [("red", 1), ("green", 9)]))
        #expect(still.time == MediaTime(ticks: 1, timescale: 1))
        #expect(still.isGood)
        #expect(try Shown(still).size == "320x180")
        #expect(try Shown(still).color == "green")
    }

    @Test("black is passed over for the next frame that shows something")
    func blackStart() throws {
        let still = try thumbnail(try clip("a.mp4", [("black", 2), ("blue", 8)]))
        #expect((2.0...2.2).contains(still.time.seconds))
        #expect(try Shown(still).color == "blue")
    }

    @Test("a long black start is passed over too")
    func longBlackStart() throws {
        let still = try thumbnail(try clip("a.mp4", [("black", 15), ("red", 15)]))
        #expect(still.time.seconds >= 15)
        #expect(still.isGood)
    }

    @Test("where everything is black, black is shown and said to be no good")
    func allBlack() throws {
        let still = try thumbnail(try clip("a.mp4", [("black", 3)]))
        #expect(!still.isGood)
        #expect(try Shown(still).size == "320x180")
    }

    @Test("a narrow video is not enlarged, and stretched pixels become square")
    func narrow() throws {
        let path = try TestMedia.clip("a.mp4", extra: ["-vf", "setsar=4/3"])
        // 160 × 90 with pixels a third wider than high.
        #expect(try Shown(try thumbnail(path)).size == "214x90")
    }

    @Test("it is the right way up", arguments: [(90, "90x160"), (180, "160x90"), (270, "90x160")])
    func rotated(angle: Int, size: String) throws {
        let upright = try TestMedia.clip("a.mp4", seconds: 1)
        let turned = try TestMedia.make(
            "b.mp4",
            ["-i", upright.text, "-c", "copy", "-metadata:s:v:0", "rotate=\(angle)"]
        )
        #expect(try Shown(try thumbnail(turned)).size == size)
    }

    @Test("one frame is enough")
    func oneFrame() throws {
        let path = try TestMedia.clip("a.mp4", seconds: 0.04, extra: ["-frames:v", "1", "-an"])
        let still = try thumbnail(path)
        #expect(still.time == .zero)
        #expect(still.isGood)
    }

    @Test("a stopped job is told so")
    func interrupted() throws {
        let source = try SourceProbe.open(try TestMedia.clip("a.mp4"), interrupt: Interrupt())
        let interrupt = Interrupt()
        interrupt.request()
        let error = try #require(throws: MediaError.self) {
            try Thumbnail.make(source, places: FramePlaces(source), interrupt: interrupt)
        }
        #expect(error.isInterruption)
    }
}
