internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsStills
internal import MomentsSystem
internal import MomentsTestSupport
internal import Testing

@Suite("sheets as Jellyfin lays them out", .scratchFolder)
struct TrickplaySheetsTests {
    /// Greys that grow from 40 to 200 over a hundred seconds, a picture every second.
    private func survey(_ width: Int, _ height: Int) throws -> (FrameSurvey, FrameColors) {
        var survey = FrameSurvey()
        let store = try FrameStore()
        for second in 0..<100 {
            let picture = StillImage(width: width, height: height, grey: UInt8(40 + second * 8 / 5))
            try survey.add(picture, at: MediaTime(seconds: Double(second)), store)
        }
        let source = try SourceProbe.open(try TestMedia.clip("a.mp4", seconds: 0.2), interrupt: Interrupt())
        return (survey, FrameColors(source.video.format))
    }

    private func write(_ bytes: [UInt8], _ name: String) throws -> FilePath {
        let path = ScratchFolder.path.appending(name)
        try AtomicFile.replace(path, with: bytes, durable: false)
        return path
    }

    /// How bright the middle of one picture of a sheet is, from 0 to 255.
    private func brightness(_ sheet: FilePath, _ number: Int, _ width: Int, _ height: Int) throws -> Int {
        let place = "\(width / 2):\(height / 2):\(number % 10 * width + width / 4):\(number / 10 * height + height / 4)"
        let text = try Tool.run(
            "ffprobe",
            [
                "-v", "error", "-f", "lavfi", "-i", "movie=\(sheet.text),crop=\(place),signalstats",
                "-show_entries", "frame_tags=lavfi.signalstats.YAVG", "-of", "default=nw=1:nk=1",
            ]
        )
        return Int((Double(text.split(separator: "\n").first ?? "") ?? -1).rounded())
    }

    @Test(
        "a picture stands for ten seconds, a file has ten rows of ten, and upright or small videos keep their shape",
        arguments: [
            (width: 1920, height: 1080, stored: (320, 180), tile: (320, 180), seconds: 95.0, files: 1),
            (1080, 1920, (180, 320), (320, 568), 1005, 2), (160, 120, (160, 120), (160, 120), 4, 1),
        ]
    )
    func layout(
        _ example: (width: Int, height: Int, stored: (Int, Int), tile: (Int, Int), seconds: Double, files: Int)
    ) throws {
        let (survey, colors) = try survey(example.stored.0, example.stored.1)
        let sheets = TrickplaySheets(survey, width: example.width, height: example.height, colors: colors)
        #expect(sheets.folder == "\(example.tile.0) - 10x10")
        var files: [(name: String, bytes: [UInt8])] = []
        let all = TimeRange(start: .zero, end: MediaTime(seconds: example.seconds))
        try sheets.make(duration: example.seconds, place: { (MediaTime(seconds: $0), all) }) { files.append(($0, $1)) }
        #expect(files.map(\.name) == (0..<example.files).map { "\($0).jpg" })
        for file in files {
            let path = try write(file.bytes, file.name)
            let size = try TestMedia.probe(path, "stream=width,height").compactMap(Int.init)
            #expect(size == [10 * example.tile.0, 10 * example.tile.1])
        }
        guard example.seconds == 95 else { return }
        let sheet = ScratchFolder.path.appending("0.jpg")
        let levels = try (0..<11).map { try brightness(sheet, $0, 320, 180) }
        // Each brighter than the one before; behind the last one there is nothing.
        #expect(Array(levels[..<10]) == levels[..<10].sorted() && Set(levels[..<10]).count == 10)
        #expect(levels[10] < levels[0])
    }

    @Test("a moment of a reel shows what its shot shows, not what lies nearer in the video")
    func segment() throws {
        let (survey, colors) = try survey(320, 180)
        let sheets = TrickplaySheets(survey, width: 1920, height: 1080, colors: colors)
        var made: [[UInt8]] = []
        for shot in [(10.0, 13.0), (90, 93)] {
            let range = TimeRange(start: MediaTime(seconds: shot.0), end: MediaTime(seconds: shot.1))
            // Asked for what lies in the middle of the video.
            try sheets.make(duration: 3, place: { _ in (MediaTime(seconds: 50), range) }) { made.append($1) }
        }
        let dark = try brightness(try write(made[0], "dark.jpg"), 0, 320, 180)
        let bright = try brightness(try write(made[1], "bright.jpg"), 0, 320, 180)
        #expect(bright - dark > 90)
    }
}
