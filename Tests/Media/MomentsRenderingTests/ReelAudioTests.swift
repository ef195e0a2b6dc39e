internal import Foundation
internal import MomentsCore
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsTestSupport
internal import Testing

@Suite("a reel's audio", .scratchFolder)
struct ReelAudioTests {
    static let frame = ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=6"]
    static let encoders = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p", "-c:a", "aac"]

    func clip(_ audio: String, _ extra: [String] = []) throws -> FilePath {
        try TestMedia.make("a.mp4", Self.frame + ["-f", "lavfi", "-i", audio] + Self.encoders + extra)
    }

    /// What ffmpeg's own meter says of a reel: integrated loudness and true peak.
    func measure(_ rendered: Rendered) throws -> (loudness: Double, peak: Double) {
        let outcome = try Tool.outcome(
            "ffmpeg",
            ["-nostdin", "-hide_banner", "-i", rendered.reel.path.text, "-af", "ebur128=peak=true", "-f", "null", "-"]
        )
        func value(_ label: String) -> Double? {
            let line = outcome.errors.split(separator: "\n").last { $0.contains(label) }
            return line?.split(separator: ":").last?.split(separator: " ").first.flatMap { Double($0) }
        }
        return (try #require(value("  I:")), try #require(value("Peak:")))
    }

    @Test(
        "loud, quiet and spiky audio come at -16 LUFS without clipping",
        arguments: [
            "sine=d=6:sample_rate=48000,volume=0.5", "anoisesrc=seed=7:d=6:a=1:r=48000",
            "anoisesrc=seed=7:d=6:a=0.05:r=48000",
            "aevalsrc='0.98*sin(2*PI*200*t)*(0.06+lt(mod(t\\,0.5)\\,0.01))':d=6:s=48000",
            "aevalsrc='if(lt(t\\,3)\\,0.05\\,0.9)*sin(2*PI*500*t)':d=6:s=48000",
        ]
    )
    func loudness(_ audio: String) throws {
        let rendered = try Rendered(try clip(audio), [(0.4, 2.6), (3.2, 5.6)], loudness: -16)
        let (loudness, peak) = try measure(rendered)
        #expect(abs(loudness + 16) <= 1, "\(rendered.reel.loudness ?? .nan)")
        #expect(peak <= -1.5)
    }

    @Test("silence stays silent, faint noise is not blown up")
    func silence() throws {
        let silent = try Rendered(try clip("anullsrc=d=6:r=48000"), [(1, 3)], loudness: -16)
        #expect(try silent.samples().allSatisfy { abs($0) < 0.0001 })
        let faint = try Rendered(try clip("anoisesrc=seed=7:d=6:a=0.0005:r=48000"), [(1, 3)], loudness: -16)
        #expect(try measure(faint).loudness < -40)
    }

    /// A source's layout, the reel's, and which of the reel's channels must be heard: the source's speak, others are
    /// silent.
    static let layouts: [(String, String, [Int])] = [
        ("mono", "mono", [0]), ("stereo", "stereo", [0, 1]), ("3.0", "3.0", [0, 1, 2]), ("4.0", "4.0", [0, 1, 2, 3]),
        ("quad", "5.0", [0, 1, 3, 4]), ("2.1", "5.1", [0, 1, 3]), ("5.0", "5.0", [0, 1, 2, 3, 4]),
        ("5.1", "5.1", [0, 1, 2, 3, 4, 5]), ("5.1(side)", "5.1", [0, 1, 2, 3, 4, 5]),
    ]

    @Test("channels stay where they are, in a layout every player knows", arguments: layouts)
    func placing(_ from: String, _ to: String, _ audible: [Int]) throws {
        let tones = "aevalsrc='0.2*sin(2*PI*80*t)':d=6:s=48000"
        let path = try TestMedia.make(
            "a.mov",
            Self.frame + ["-f", "lavfi", "-i", tones] + Self.encoders
                + [
                    "-af",
                    "pan=\(from)|" + (0..<8).prefix(Self.count(from)).map { "c\($0)=0.9*c0" }.joined(separator: "|"),
                ]
                + ["-c:a", "pcm_s16le"]
        )
        let rendered = try Rendered(path, [(0.4, 2.4), (3, 5)], loudness: -16)
        let shown = try rendered.probe("stream=channel_layout", "a:0")
        #expect(shown == [to])
        let text = try Tool.outcome(
            "ffmpeg",
            [
                "-nostdin", "-hide_banner", "-i", rendered.reel.path.text, "-af", "astats=measure_overall=none", "-f",
                "null", "-",
            ]
        ).errors
        let levels = text.split(separator: "\n").filter { $0.contains("RMS level dB") }
            .map { $0.split(separator: ":").last.flatMap { Double($0.trimmingCharacters(in: .whitespaces)) } ?? -200 }
        #expect(levels.count == Self.count(to))
        for (channel, level) in levels.enumerated() { #expect((level > -40) == audible.contains(channel), "\(levels)") }
    }

    private static func count(_ layout: String) -> Int {
        ["mono": 1, "stereo": 2, "3.0": 3, "2.1": 3, "4.0": 4, "quad": 4, "5.0": 5][layout] ?? 6
    }

    @Test(
        "what the encoder starts with is said once, and audio starts with the frames",
        arguments: [Quality.original, .low]
    )
    func priming(_ quality: Quality) throws {
        let rendered = try Rendered(try clip("sine=d=6:sample_rate=44100"), [(0.4, 2.4), (3, 5)], quality: quality)
        let skipped = try TestMedia.probe(
            rendered.reel.path,
            "packet_side_data=skip_samples",
            ["-select_streams", "a:0"]
        ).filter { $0 == "1024" }
        #expect(skipped.count == 1)
        #expect(try rendered.probe("stream=start_time", "a:0") == ["0.000000"])
    }

    @Test("joins do not click")
    func joins() throws {
        let audio = "aevalsrc='0.5*cos(2*PI*97*t)':d=6:s=48000"
        let path = try TestMedia.make(
            "a.mkv",
            Self.frame + ["-f", "lavfi", "-i", audio] + Self.encoders + ["-c:a", "pcm_s16le"]
        )
        let samples = try Rendered(path, [(0.4, 1.4), (2.24, 3.2), (4.4, 5.6)]).samples()
        let steps = zip(samples.dropFirst(), samples).map { abs($0 - $1) }
        // 97 Hz at half of full scale moves by 0.0064 from one sample to the next; hard cuts here by 0.3 and more.
        #expect((steps.max() ?? 1) < 0.02)
    }

    @Test("shots that follow on each other in the source have no fade between them")
    func endToEnd() throws {
        let audio = "aevalsrc='0.5*cos(2*PI*97*t)':d=6:s=48000"
        let samples = try Rendered(try clip(audio), [(1, 2), (2, 3)]).samples()
        let around = samples[47_000..<49_000]
        for start in stride(from: around.startIndex, to: around.endIndex - 500, by: 100) {
            #expect((around[start..<start + 500].max() ?? 0) > 0.45)
        }
    }

    @Test(
        "flashes and beeps stay together through all joins",
        arguments: [
            ["-r", "25"], ["-vf", "select='not(between(mod(n,25),7,19))'", "-fps_mode", "vfr"],
        ]
    )
    func together(_ rate: [String]) throws {
        let flash = "color=black:s=160x90:r=25:d=9,drawbox=w=160:h=90:c=white:t=fill:enable='lt(mod(t,1),0.03)'"
        let beep = "aevalsrc='0.7*sin(2*PI*1000*t)*lt(mod(t\\,1)\\,0.04)':d=9:s=44100"
        let path = try TestMedia.make(
            "a.mp4",
            ["-f", "lavfi", "-i", flash, "-f", "lavfi", "-i", beep] + Self.encoders + rate
        )
        let rendered = try Rendered(path, [(0.4, 2.36), (3.44, 4.4), (5.24, 8.72)])
        let flashes = zip(try rendered.shownTimes(), try rendered.averages()).filter { $1 > 120 }.map(\.0)
        var beeps: [Double] = []
        for (index, sample) in try rendered.samples().enumerated() where abs(sample) > 0.2 {
            let time = Double(index) / 48_000
            if time - (beeps.last ?? -1) > 0.3 { beeps.append(time) }
        }
        #expect(flashes.count == 6 && beeps.count == 6, "\(flashes) \(beeps)")
        for (flash, beep) in zip(flashes, beeps) { #expect(abs(flash - beep) < 0.02, "\(flash) \(beep)") }
    }

    @Test("a gap in the source's audio is silence, not a shift")
    func gap() throws {
        let audio = "sine=d=6:sample_rate=48000:frequency=1000"
        let cut = ["-af", "aselect='not(between(t,2,3))'", "-c:a", "pcm_s16le"]
        let path = try TestMedia.make(
            "a.mkv",
            Self.frame + ["-f", "lavfi", "-i", audio] + Self.encoders + cut
        )
        let samples = try Rendered(path, [(1, 4)]).samples()
        func loudest(_ from: Double, _ to: Double) -> Float {
            samples[Int(from * 48_000)..<Int(to * 48_000)].map(abs).max() ?? 0
        }
        #expect(loudest(0.1, 0.9) > 0.1 && loudest(1.1, 1.9) < 0.01 && loudest(2.1, 2.9) > 0.1)
    }
}
