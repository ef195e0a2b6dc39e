internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem
internal import MomentsTestSupport
internal import Testing

@Suite("decoding a file", .scratchFolder)
struct MediaReaderTests {
    struct Tally {
        var times: [MediaTime] = []
        var audioEnd = 0.0
    }

    func read(_ path: FilePath, from start: MediaTime = .zero) throws -> Tally {
        let source = try SourceProbe.open(path, interrupt: Interrupt())
        let reader = try MediaReader(source, tracks: .both, threads: 2, interrupt: Interrupt())
        if start > .zero { try reader.seek(to: start) }
        let converter = AudioConverter(channels: 2)
        var tally = Tally()
        while true {
            switch try reader.next() {
            case .video(let time, _): tally.times.append(time)
            case .audio(let time):
                let begin = try reader.withFrame { frame in
                    try converter.convert(frame, time: time)
                }
                tally.audioEnd = begin.seconds + Double(converter.samples.count / 2) / 48_000
            case .ended: return tally
            }
        }
    }

    @Test("every frame comes once, in order, at its exact time", arguments: ["a.mp4", "a.mkv", "a.ts"])
    func exactTimes(_ name: String) throws {
        let tally = try read(try TestMedia.clip(name, rate: "30000/1001", extra: ["-bf", "2"]))
        #expect(tally.times.count == 60)
        for (index, time) in tally.times.enumerated() {
            // Matroska counts milliseconds; the others name NTSC's ticks exactly.
            let exact = MediaTime(ticks: Int64(index) * 1001, timescale: 30_000)
            #expect(name == "a.mkv" ? abs(time.seconds - exact.seconds) < 0.001 : time == exact)
        }
        #expect(abs(tally.audioEnd - 2) < 0.06)
    }

    @Test("a variable frame rate stays one")
    func variableRate() throws {
        let path = try TestMedia.clip(
            "a.mp4",
            extra: ["-vf", "select='not(between(n,10,20))'", "-fps_mode", "vfr"]
        )
        let times = try read(path).times
        let steps = zip(times.dropFirst(), times).map { ($0 - $1).seconds }
        #expect(times.count == 39)
        #expect(abs((steps.max() ?? 0) - 12.0 / 25) < 1e-6)
    }

    @Test("glued recordings whose clock jumps play on without a gap")
    func jumps() throws {
        let first = try TestMedia.clip("1.ts")
        let second = try TestMedia.clip("2.ts", extra: ["-output_ts_offset", "5000"])
        let glued = ScratchFolder.path.appending("glued.ts")
        try Tool.run("sh", ["-c", "cat \"$1\" \"$2\" > \"$3\"", "sh", first.text, second.text, glued.text])
        let times = try read(glued).times
        #expect(times.count == 100)
        #expect(abs((times.last?.seconds ?? 0) - 3.96) < 0.2)
        let steps = zip(times.dropFirst(), times).map { ($0 - $1).seconds }
        #expect((steps.max() ?? 9) < 0.3)
    }

    @Test("after seeking, everything from that time on still comes", arguments: [0.5, 1.0, 1.96])
    func seeking(_ seconds: Double) throws {
        let start = MediaTime(seconds: seconds)
        let path = try TestMedia.clip("a.mp4", extra: ["-g", "12"])
        let times = try read(path, from: start).times
        let wanted = (0..<50).map { MediaTime(ticks: $0, timescale: 25) }.filter { $0 >= start }
        #expect(times.filter { $0 >= start } == wanted)
    }

    @Test("damage costs frames, not the file")
    func damage() throws {
        let path = try TestMedia.clip("a.ts")
        let broken = ScratchFolder.path.appending("broken.ts")
        try Tool.run("sh", ["-c", "cp \"$1\" \"$2\"", "sh", path.text, broken.text])
        try Tool.run("dd", ["if=/dev/zero", "of=\(broken.text)", "bs=1", "seek=30000", "count=4000", "conv=notrunc"])
        #expect(try read(broken).times.count > 20)
    }

    /// The luma of every frame, shrunk.
    func pictures(of source: MediaSource, smoothing: EdgeSmoothing) throws -> [[UInt8]] {
        let reader = try MediaReader(source, tracks: .video, threads: 2, interrupt: Interrupt())
        reader.smoothing = smoothing
        let scaler = FrameScaler(width: 160, height: 90)
        var pictures: [[UInt8]] = []
        while case .video = try reader.next() {
            try reader.withFrame { frame in try scaler.scale(frame) }
            pictures.append(Array(scaler.luma))
        }
        return pictures
    }

    @Test(
        "what others are made of stays as it is meant where only the rest is left rough, and drifts where nothing is smoothed"
    )
    func smoothing() throws {
        let coding = "-preset medium -bf 3 -b_strategy 0 -sc_threshold 0 -crf 40 -g 50"
        let path = try TestMedia.clip("a.mp4", extra: coding.split(separator: " ").map(String.init))
        let source = try SourceProbe.open(path, interrupt: Interrupt())
        let meant = try pictures(of: source, smoothing: .everything)
        let rough = try pictures(of: source, smoothing: .references)
        #expect(meant.count == 50 && rough.count == 50)
        // The key picture and, four on, those it leads to.
        for place in stride(from: 0, to: 48, by: 4) { #expect(meant[place] == rough[place]) }
        #expect(zip(meant, rough).contains { $0 != $1 })
        #expect(try pictures(of: source, smoothing: .nothing)[40] != meant[40])
    }

    @Test("small planes are limited-range YUV of the size asked for")
    func planes() throws {
        let white = try TestMedia.make(
            "white.mp4",
            [
                "-f", "lavfi", "-i", "color=white:size=320x180:duration=1", "-vf",
                "scale=out_range=full,format=yuvj420p",
                "-c:v", "libx264",
            ]
        )
        let source = try SourceProbe.open(white, interrupt: Interrupt())
        let reader = try MediaReader(source, tracks: .video, threads: 1, interrupt: Interrupt())
        let scaler = FrameScaler(width: 32, height: 18)
        _ = try reader.next()
        try reader.withFrame { frame in try scaler.scale(frame) }
        #expect(scaler.luma.count == 576 && scaler.cb.count == 144)
        #expect(scaler.luma.allSatisfy { (233...237).contains($0) })
        #expect(scaler.cr.allSatisfy { (126...130).contains($0) })
    }

    @Test("a full-scale sine measures as its loudness")
    func loudness() {
        // A noncopyable value cannot pass through `#require`.
        guard var meter = LoudnessMeter(channels: 1, truePeak: true) else {
            Issue.record("no meter")
            return
        }
        let samples = (0..<96_000).map { Float(sine(1000 * Double($0) / 48_000)) }
        meter.add(samples.span)
        // A full-scale sine of about 1 kHz in one channel has −3.01 LUFS by definition of the scale.
        #expect(abs(meter.integrated + 3.01) < 0.1)
        #expect(abs(meter.peak - 1) < 0.01)
    }

    private func sine(_ turns: Double) -> Double {
        // Bhaskara's formula is exact enough here and needs no C library.
        let phase = turns - turns.rounded(.down)
        let half = phase < 0.5 ? phase * 2 : phase * 2 - 1
        let arch = 16 * half * (1 - half) / (5 - 4 * half * (1 - half))
        return phase < 0.5 ? arch : -arch
    }
}
