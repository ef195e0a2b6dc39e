import Glibc
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
            with: MiniMovie.bytes(seconds: seconds, made: made, width: width, content: path.text),
            durable: false
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

    @Test("lengths that cannot be end nothing, and join nothing")
    func hostile() throws {
        for name in ["GX010012.MP4", "GX020012.MP4"] {
            let bytes = MiniMovie.bytes(seconds: 20, made: 1_780_000_000, content: name, length: 1 << 63)
            try AtomicFile.replace(ScratchFolder.path.appending(FilePath(name)), with: bytes)
        }
        #expect(try groups(finder(patience: .zero)).isEmpty)
    }

    @Test("names in small letters, as some programs copy them, are known too")
    func small() throws {
        for name in ["gx010012.mp4", "gx020012.mp4", "gopr0044.mp4", "gp010044.mp4"] {
            try put(FilePath(name), made: 1_780_000_000)
        }
        #expect(try groups(finder()) == [["gopr0044.mp4", "gp010044.mp4"], ["gx010012.mp4", "gx020012.mp4"]])
    }

    @Test("a day of minutes becomes several recordings, and no minute is lost between them")
    func allDay() throws {
        func name(_ minute: Int) -> String {
            func digits(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
            return "20260712_\(digits(minute / 60))\(digits(minute % 60))00F.MP4"
        }
        for minute in 0..<520 { try put(FilePath(name(minute)), seconds: 60) }
        let finder = finder()
        let listing = TreeListing.of("", in: RootedDirectory(ScratchFolder.path), rules: IgnoreRules()) { _ in }
        let found = finder.sequences(in: listing)
        #expect(found.mapValues(\.count) == [FilePath(name(0)): 479, FilePath(name(480)): 39])
        for (minute, first) in [(0, 0), (479, 0), (480, 480), (519, 480)] {
            #expect(finder.first(of: FilePath(name(minute))) == FilePath(name(first)))
        }
        #expect(finder.parts(of: FilePath(name(480))) == found[FilePath(name(480))])
    }

    @Test("a drone's files go on with each other where one was full and the next begins when it ends")
    func drone() throws {
        for (name, size) in [
            ("DJI_20260712101500_0007_D.MP4", 3_900_000_000), ("DJI_20260712103500_0008_D.MP4", 3_900_000_000),
            ("DJI_20260712105500_0009_D.MP4", 5_000_000), ("DJI_20260712111500_0010_D.MP4", 5_000_000),
            ("DJI_20260712103500_0008_W.MP4", 3_900_000_000), ("DJI_20260712120000_0009_W.MP4", 3_900_000_000),
        ] {
            try put(FilePath(name), seconds: 1200)
            // Nothing is stored of what was never written.
            #expect(truncate(ScratchFolder.path.appending(FilePath(name)).text, size) == 0)
        }
        #expect(
            try groups(finder()) == [
                [
                    "DJI_20260712101500_0007_D.MP4", "DJI_20260712103500_0008_D.MP4", "DJI_20260712105500_0009_D.MP4",
                ]
            ]
        )
    }

    @Test("minutes of dash cameras that write AVI or Matroska are one recording too", arguments: ["AVI", "mkv"])
    func others(ending: String) throws {
        func made(_ name: String, _ size: String) throws -> [UInt8] {
            let source = "testsrc2=size=\(size):rate=5:duration=10"
            let path = try TestMedia.make(
                name,
                ["-f", "lavfi", "-i", source, "-f", "lavfi", "-i", "sine=duration=10", "-c:v", "mpeg4"]
                    + ["-c:a", "pcm_s16le", "-f", ending == "AVI" ? "avi" : "matroska"]
            )
            defer { try? Folder.removeFile(path) }
            return try Descriptor.openRegular(path).read(8 << 20, at: 0, of: path)
        }
        let (one, other) = (try made("one.bin", "64x48"), try made("other.bin", "96x48"))
        for (name, bytes) in [("101500F", one), ("101510F", one), ("101520F", other), ("101545F", one)] {
            let path = FilePath("20260712_\(name).\(ending)")
            try AtomicFile.replace(ScratchFolder.path.appending(path), with: bytes)
        }
        #expect(try groups(finder()) == [["20260712_101500F.\(ending)", "20260712_101510F.\(ending)"]])
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
