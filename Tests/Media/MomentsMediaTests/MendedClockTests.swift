internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem
internal import MomentsTestSupport
internal import Testing

@Suite("files whose clocks are wrong", .scratchFolder)
struct MendedClockTests {
    /// When each picture is shown, and when sound starts and ends, in seconds.
    struct Reading {
        let source: MediaSource
        var times: [Double] = []
        var sound: ClosedRange<Double>?

        var steps: [Double] { zip(times.dropFirst(), times).map { ($0 - $1) } }
    }

    func read(_ path: FilePath, from start: Double = 0) throws -> Reading {
        let source = try SourceProbe.open(path, interrupt: Interrupt())
        let reader = try MediaReader(source, tracks: .both, threads: 2, interrupt: Interrupt())
        if start > 0 { try reader.seek(to: MediaTime(seconds: start)) }
        let converter = AudioConverter(channels: 1)
        var reading = Reading(source: source)
        while true {
            switch try reader.next() {
            case .video(let time, _): reading.times.append(time.seconds)
            case .audio(let time):
                _ = try reader.withFrame { frame in try converter.convert(frame, time: time) }
                let (begin, length) = (time.seconds, Double(converter.samples.count) / 48_000)
                let first = reading.sound?.lowerBound ?? begin
                reading.sound = min(first, begin)...max(reading.sound?.upperBound ?? begin, begin + length)
            case .ended: return reading
            }
        }
    }

    func isEven(_ reading: Reading, _ step: Double = 0.04) -> Bool {
        reading.steps.allSatisfy { abs($0 - step) < step / 20 }
    }

    func join(_ parts: [FilePath], _ name: String) throws -> FilePath {
        let joined = ScratchFolder.path.appending(name)
        try Tool.run("sh", ["-c", "out=$1; shift; cat \"$@\" >\"$out\"", "sh", joined.text] + parts.map(\.text))
        return joined
    }

    @Test("pieces with clocks of their own play one after another, and can be sought", arguments: ["ts", "mpg"])
    func pieces(_ kind: String) throws {
        let codecs = kind == "ts" ? ["-bf", "2"] : ["-c:v", "mpeg2video", "-c:a", "mp2", "-f", "mpeg"]
        let parts = try (0..<3).map { try TestMedia.clip("\($0).\(kind)", extra: ["-g", "12"] + codecs) }
        let path = try join(parts, "glued.\(kind)")
        let reading = try read(path)
        #expect((147...150).contains(reading.times.count))
        #expect(reading.steps.allSatisfy { $0 > 0.01 && $0 < 0.13 })
        #expect(abs(reading.source.duration.seconds - 6) < 0.2)
        #expect(reading.source.notes.contains { $0.contains("clock jumps") })
        #expect(abs((reading.sound?.upperBound ?? 0) - 6) < 0.3)
        // Sought, it shows what it shows read from the start.
        let later = try read(path, from: 4.4).times
        #expect(later.first.map { $0 <= 4.4 && $0 > 2 } == true)
        #expect(later == Array(reading.times.suffix(later.count)))
    }

    @Test("two pictures an hour ahead are put between the others", arguments: ["0", "2"])
    func outlier(_ reordered: String) throws {
        let right = try TestMedia.clip("a.mp4", extra: ["-bf", reordered, "-g", "50"])
        let filter = "setts=pts=if(eq(N\\,20)+eq(N\\,21)\\,PTS+3600/TB\\,PTS):dts=DTS"
        let path = try TestMedia.make("b.mp4", ["-i", right.text, "-c", "copy", "-bsf:v", filter])
        let reading = try read(path)
        #expect(reading.times == (try read(right)).times)
        #expect(abs(reading.source.duration.seconds - 2) < 0.05)
        #expect(reading.source.notes.contains { $0.contains("2 of its pictures") })
    }

    @Test("a clock that jumps for good is closed for pictures and sound", arguments: ["mkv", "flv", "mp4"])
    func jump(_ kind: String) throws {
        let right = try TestMedia.clip("a.\(kind)", seconds: 4, extra: ["-g", "25", "-bf", "0"])
        let filter = "setts=ts=if(gte(TS*TB\\,2)\\,TS+7200/TB\\,TS)"
        let path = try TestMedia.make(
            "b.\(kind)",
            ["-i", right.text, "-c", "copy", "-bsf:v", filter, "-bsf:a", filter]
        )
        let reading = try read(path)
        #expect(reading.times.count == 100 && isEven(reading))
        #expect(abs((reading.sound?.upperBound ?? 0) - 4) < 0.1)
        let later = try read(path, from: 3.2).times
        #expect(later.first.map { $0 <= 3.2 } == true && later.last == reading.times.last)
    }

    @Test("streams without a container play at the rate their headers name", arguments: [25, 50])
    func bare(_ rate: Int) throws {
        for (name, codec) in [("a.h264", ["-bf", "3"]), ("a.m4v", ["-c:v", "mpeg4", "-bf", "2"])] {
            let path = try TestMedia.clip(name, rate: "\(rate)", extra: ["-an", "-g", "20"] + codec)
            let reading = try read(path)
            #expect(reading.times.count == 2 * rate && isEven(reading, 1 / Double(rate)), "\(name)")
            #expect(abs(reading.source.duration.seconds - 2) < 0.03, "\(name)")
            let later = try read(path, from: 1.5).times
            #expect(later.first.map { $0 <= 1.5 } == true && later.last == reading.times.last, "\(name)")
        }
    }

    @Test("JPEGs one after another are a video, a single one is a still")
    func motion() throws {
        let path = try TestMedia.clip("a.mjpeg", extra: ["-an", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p"])
        let reading = try read(path)
        #expect(reading.times.count == 50 && isEven(reading))
        let still = try TestMedia.make(
            "b.jpg",
            ["-f", "lavfi", "-i", "testsrc2=size=160x90:duration=1", "-frames:v", "1", "-update", "1"]
        )
        #expect(throws: SourceProbe.Refusal.self) { try SourceProbe.open(still, interrupt: Interrupt()) }
    }

    @Test("pictures that AVI stores out of order are shown in it, from the file's start on")
    func avi() throws {
        for codec in [["-bf", "3"], ["-c:v", "mpeg4", "-bf", "1"]] {
            let path = try TestMedia.clip("a.avi", extra: ["-g", "25", "-c:a", "pcm_s16le"] + codec)
            let reading = try read(path)
            #expect(reading.times.count == 50 && isEven(reading))
            #expect(abs(reading.sound?.lowerBound ?? 1) < 0.005)
        }
    }

    @Test("pictures that share a time are spread")
    func repeats() throws {
        let right = try TestMedia.clip("a.mkv", extra: ["-bf", "0"])
        let filter = "setts=ts=floor(TS*TB/0.08)*0.08/TB"
        let path = try TestMedia.make("b.mkv", ["-i", right.text, "-c", "copy", "-bsf:v", filter])
        let reading = try read(path)
        #expect(reading.times.count == 50 && isEven(reading))
    }

    @Test("the sound that is heard goes with the pictures of its programme")
    func programmes() throws {
        let path = try TestMedia.make(
            "a.ts",
            ["-f", "lavfi", "-i", "sine=f=1000:d=2", "-f", "lavfi", "-i", "testsrc2=s=64x36:r=25:d=2"]
                + ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=2", "-f", "lavfi", "-i", "sine=f=400:d=2"]
                + ["-map", "0", "-map", "1", "-map", "2", "-map", "3", "-c:v", "libx264", "-c:a", "aac"]
                + ["-program", "program_num=1:st=0:st=1", "-program", "program_num=2:st=2:st=3"]
        )
        let source = try SourceProbe.open(path, interrupt: Interrupt())
        #expect(source.video.format.width == 160)
        #expect(source.audio?.index == 3)
    }

    @Test("a silent first track loses, and two that carry sound are mixed")
    func monos() throws {
        func make(_ first: String) throws -> MediaSource {
            let path = try TestMedia.make(
                "a.mov",
                ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=2", "-f", "lavfi", "-i", first]
                    + ["-f", "lavfi", "-i", "aevalsrc=0.5:d=2:s=48000", "-map", "0", "-map", "1", "-map", "2"]
                    + ["-c:v", "libx264", "-c:a", "pcm_s16le", "-ac", "1"]
            )
            return try SourceProbe.open(path, interrupt: Interrupt())
        }
        let silent = try make("anullsrc=r=48000:cl=mono:d=2")
        #expect(silent.audio?.index == 2 && silent.partner == nil)
        let both = try make("aevalsrc=0.25:d=2:s=48000")
        #expect(both.audio?.index == 1 && both.partner?.index == 2)
        let reader = try MediaReader(both, tracks: .audio, threads: 1, interrupt: Interrupt())
        let converter = AudioConverter(channels: 1)
        var samples: [Float] = []
        while case .audio(let time) = try reader.next() {
            _ = try reader.withFrame { frame in try converter.convert(frame, time: time) }
            samples += converter.samples
        }
        #expect(samples.count == 96_000)
        #expect(samples.allSatisfy { abs($0 - 0.375) < 0.001 })
    }
}
