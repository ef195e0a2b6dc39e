import MomentsCore
import MomentsSystem
import MomentsTestSupport
import MomentsWatch
import Testing

@Suite("recordings in several files", .scratchFolder)
struct SequenceTests {
    private func put(_ path: FilePath, seconds: Int = 20, made: Int64 = 0, width: Int = 640) throws {
        let place = ScratchFolder.path.appending(path)
        try Folder.make(place.parent)
        try AtomicFile.replace(
            place,
            with: MiniMovie.bytes(seconds: seconds, made: made, width: width, content: path.text)
        )
    }

    private func finder(isOff: Bool = false, patience: Duration = .seconds(60)) -> SequenceFinder {
        SequenceFinder(RootedDirectory(ScratchFolder.path), rules: IgnoreRules(), isOff: isOff, patience: patience)
    }

    /// What a look at a whole folder and one at each single file find; they must be the same.
    private func groups(_ finder: SequenceFinder) throws -> [[String]] {
        let listing = TreeListing.of("", in: RootedDirectory(ScratchFolder.path), rules: IgnoreRules()) { _ in }
        let found = finder.sequences(in: listing).map { [$0.key] + $0.value }
        for group in found {
            for file in group { #expect(finder.first(of: file) == group[0]) }
            #expect(finder.parts(of: group[0]) == Array(group.dropFirst()))
        }
        let others = listing.videos.keys.filter { path in !found.contains { $0.contains(path) } }
        for path in others { #expect(finder.first(of: path) == path && finder.parts(of: path).isEmpty, "\(path)") }
        return found.map { $0.map(\.text) }.sorted { $0[0] < $1[0] }
    }

    @Test("GoPro's chapters are one recording as far as none is missing, with the streams they began with")
    func chapters() throws {
        for name in ["GX010012", "GX020012", "GX030012", "GX010013", "GH010012", "GOPR0044", "GP010044"] {
            try put(FilePath("\(name).MP4"), made: 1_780_000_000)
        }
        try put("GX040012.MP4", made: 1_780_000_000, width: 1280)
        try put("GX010020.MP4")
        try put("GX030020.MP4")
        let finder = finder()
        #expect(
            try groups(finder) == [
                ["GOPR0044.MP4", "GP010044.MP4"], ["GX010012.MP4", "GX020012.MP4", "GX030012.MP4"],
            ]
        )
        #expect(finder.missing(first: "GX010020.MP4", last: "GX010020.MP4") == "GX020020.MP4")
        #expect(finder.missing(first: "GX030020.MP4", last: "GX030020.MP4") == "GX020020.MP4")
        #expect(finder.missing(first: "GX010012.MP4", last: "GX030012.MP4") == nil)
        #expect(try groups(self.finder(isOff: true)).isEmpty)
    }

    @Test("a chapter whose index has not arrived belongs to its recording by name, for a while")
    func arriving() throws {
        try put("GX010012.MP4")
        let late = ScratchFolder.path.appending("GX020012.MP4")
        try AtomicFile.replace(late, with: Array(MiniMovie.bytes(seconds: 20).prefix(60)))
        #expect(try groups(finder()) == [["GX010012.MP4", "GX020012.MP4"]])
        #expect(try groups(finder(patience: .zero)).isEmpty)
    }

    @Test("minutes of a dash camera are one recording across its folders, cut by the clock, each camera for itself")
    func minutes() throws {
        try put("Normal/20260712_101500F.MP4", seconds: 60)
        try put("Event/20260712_101600F.MP4", seconds: 60)
        try put("Normal/20260712_101659F.MP4", seconds: 33)
        try put("Normal/20260712_101732F.MP4", seconds: 60)
        try put("Normal/20260712_101500R.MP4", seconds: 60)
        try put("Normal/20260712_103000F.MP4", seconds: 60)
        // A phone's: the next was begun as soon as the last was ended.
        try put("phone/20260712_101500.mp4", seconds: 60)
        try put("phone/20260712_101601.mp4", seconds: 60)
        #expect(
            try groups(finder()) == [
                ["Normal/20260712_101500F.MP4", "Event/20260712_101600F.MP4", "Normal/20260712_101659F.MP4"]
            ]
        )
    }

    @Test("AVCHD goes on where the clock does, and names that count on say nothing of small files")
    func clocks() throws {
        func stream(_ name: String, from start: Int) throws -> [UInt8] {
            let path = try TestMedia.make(
                name,
                [
                    "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=3", "-c:v", "libx264", "-preset",
                    "ultrafast",
                ]
                    + ["-pix_fmt", "yuv420p", "-muxdelay", "0", "-output_ts_offset", "\(start)", "-f", "mpegts"]
                    + ["-mpegts_m2ts_mode", "1"]
            )
            let size = Int(try FileStatus.of(path).size)
            return try Descriptor.openRegular(path).read(size, at: 0, of: path)
        }
        let whole = try stream("whole.bin", from: 10)
        let half = whole.count / 192 / 2 * 192
        for (name, bytes) in [
            ("1", Array(whole[..<half])), ("2", Array(whole[half...])), ("3", try stream("x.bin", from: 0)),
        ] {
            try AtomicFile.replace(ScratchFolder.path.appending(FilePath("0000\(name).MTS")), with: bytes)
        }
        for number in 1...3 { try put(FilePath("DJI_000\(number).MP4"), made: 1_780_000_000 + Int64(number) * 20) }
        #expect(try groups(finder()) == [["00001.MTS", "00002.MTS"]])
    }

    @Test("what is known of a recording changes whenever one of its files does")
    func status() throws {
        try put("GX010012.MP4")
        try put("GX020012.MP4")
        let first = ScratchFolder.path.appending("GX010012.MP4")
        func whole() throws -> FileStatus {
            finder().status(of: "GX010012.MP4", try FileStatus.of(first), parts: ["GX020012.MP4"])
        }
        let before = try whole()
        #expect(before.size > (try FileStatus.of(first).size))
        try put("GX020012.MP4", seconds: 21)
        #expect(try !whole().holdsTheSame(as: before))
    }
}
