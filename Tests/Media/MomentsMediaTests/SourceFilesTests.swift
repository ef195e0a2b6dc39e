import MomentsCore
import MomentsMedia
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("a recording in several files", .scratchFolder)
struct SourceFilesTests {
    private static let picture = "mandelbrot=size=160x90:rate=25:start_scale=3:end_scale=0.05"

    private func make(_ name: String, _ extra: [String]) throws -> FilePath {
        try TestMedia.make(
            name,
            ["-f", "lavfi", "-i", Self.picture, "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000"] + extra
                + ["-c:v", "libx264", "-preset", "veryfast", "-g", "10", "-pix_fmt", "yuv420p", "-c:a", "aac"]
        )
    }

    /// When each frame is shown, and what it shows in short.
    private func frames(_ source: MediaSource, from start: MediaTime? = nil) throws -> [(time: MediaTime, sum: Int)] {
        let reader = try MediaReader(source, tracks: .both, threads: 1, interrupt: Interrupt())
        if let start { try reader.seek(to: start) }
        let scaler = FrameScaler(width: 32, height: 18)
        var found: [(MediaTime, Int)] = []
        while true {
            switch try reader.next() {
            case .ended: return found
            case .audio: continue
            case .video(let time, _):
                try reader.withFrame { try scaler.scale($0) }
                found.append((time, scaler.luma.reduce(0) { $0 &* 31 &+ Int($1) }))
            }
        }
    }

    @Test("MP4 files show each frame once, at the time it would have in one, wherever reading starts")
    func separate() throws {
        let paths = try (0..<3).map { number in
            try make("\(number).mp4", ["-t", "2", "-filter:v", "trim=start=\(2 * number),setpts=PTS-STARTPTS"])
        }
        let source = try SourceProbe.open(SourceFiles(paths[0], followedBy: Array(paths[1...])), interrupt: Interrupt())
        #expect(source.duration == MediaTime(ticks: 6, timescale: 1))
        #expect(source.notes.isEmpty && source.index.timeline.isPlain)
        #expect(source.parts.map(\.range.start.seconds) == [0, 2, 4])
        let all = try frames(source)
        #expect(all.map(\.time) == (0..<150).map { MediaTime(ticks: Int64($0), timescale: 25) })
        #expect(Set(all.map(\.sum)).count > 145)
        let each = try paths.flatMap { try frames(try SourceProbe.open($0, interrupt: Interrupt())).map(\.sum) }
        #expect(all.map(\.sum) == each)
        for seconds in [0.4, 1.9, 2.0, 2.04, 3.9, 4.2, 5.9] {
            let later = try frames(source, from: MediaTime(seconds: seconds))
            #expect(later.first.map { $0.time.seconds <= seconds } == true)
            #expect(Array(all.suffix(later.count)).map(\.sum) == later.map(\.sum))
        }
        let reader = try SegmentReader(source, isRough: false, interrupt: Interrupt())
        for number in [40, 50, 120, 10, 100] {
            var times: [MediaTime] = []
            #expect(
                try reader.read(number..<number + 5, complete: number..<number + 5) { time, _ in times.append(time) }
            )
            #expect(times.contains(MediaTime(ticks: Int64(number), timescale: 25)), "\(number): \(times)")
        }
    }

    @Test("a file coded in another way than the first is refused, by its name")
    func other() throws {
        let first = try make("a.mp4", ["-t", "1"])
        let second = try make("b.mp4", ["-t", "1", "-profile:v", "baseline"])
        #expect {
            _ = try SourceProbe.open(SourceFiles(first, followedBy: [second]), interrupt: Interrupt())
        } throws: {
            "\($0)".contains("is coded in another way")
        }
    }

    @Test("a transport stream cut anywhere is as it was before")
    func transport() throws {
        let whole = try make("whole.ts", ["-t", "6", "-f", "mpegts"])
        let size = Int(try FileStatus.of(whole).size)
        let bytes = try Descriptor.openRegular(whole).read(size, at: 0, of: whole)
        let cut = size / 188 / 2 * 188
        let (one, two) = (ScratchFolder.path.appending("1.mts"), ScratchFolder.path.appending("2.mts"))
        try AtomicFile.replace(one, with: Array(bytes[..<cut]))
        try AtomicFile.replace(two, with: Array(bytes[cut...]))
        let source = try SourceProbe.open(SourceFiles(one, followedBy: [two]), interrupt: Interrupt())
        let original = try SourceProbe.open(whole, interrupt: Interrupt())
        #expect(source.duration == original.duration && source.size == original.size)
        #expect(try frames(source).map(\.sum) == frames(original).map(\.sum))
        let start = source.parts[1].range.start.seconds
        #expect(start > 1.5 && start < 4.5)
    }
}
