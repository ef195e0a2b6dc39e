internal import Glibc
internal import MomentsCore
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSystem
internal import MomentsTestSupport
internal import Testing

@Suite("rendering a reel", .scratchFolder)
struct RendererTests {
    /// A source of some kind, and what its reel must be.
    struct Kind: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var name = "a.mp4"
        var frame = "testsrc2=size=160x90:rate=25:duration=3"
        var audio: String? = "sine=frequency=440:sample_rate=48000:duration=3"
        var options: [String] = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
        var size = (width: 160, height: 90)
        var channels = 1
        var matrix: DisplayMatrix?

        func make() throws -> FilePath {
            let inputs = ["-f", "lavfi", "-i", frame] + (audio.map { ["-f", "lavfi", "-i", $0] } ?? [])
            let path = try TestMedia.make(name, inputs + options)
            try matrix?.write(into: path)
            return path
        }
    }

    private static let x264 = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"]
    private static let plain = x264 + ["-pix_fmt", "yuv420p"]
    private static let hdr = [
        "-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-colorspace", "bt2020nc", "-color_trc",
    ]

    static let kinds: [Kind] = [
        Kind(testDescription: "constant rate with B-pictures", options: plain + ["-bf", "3", "-g", "50"]),
        Kind(testDescription: "NTSC rate in Matroska", name: "a.mkv", frame: "testsrc2=s=160x90:r=30000/1001:d=3"),
        Kind(
            testDescription: "variable rate",
            options: plain + ["-vf", "select='not(between(mod(n,20),4,9))'"]
                + ["-fps_mode", "vfr"]
        ),
        Kind(
            testDescription: "a clock that starts late",
            name: "a.ts",
            options: plain + ["-output_ts_offset", "5000"]
        ),
        Kind(testDescription: "turned a quarter", size: (90, 160), matrix: .quarter),
        Kind(testDescription: "oblong pixels", options: plain + ["-vf", "setsar=4/3"], size: (214, 90)),
        Kind(testDescription: "ten bits", options: x264 + ["-pix_fmt", "yuv420p10le"]),
        Kind(testDescription: "HDR by PQ", options: x264 + hdr + ["smpte2084"]),
        Kind(testDescription: "HDR by HLG", options: x264 + hdr + ["arib-std-b67"]),
        Kind(
            testDescription: "interlaced",
            name: "a.ts",
            frame: "testsrc2=s=160x96:r=50:d=3",
            options: [
                "-vf", "tinterlace=interleave_top", "-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-c:a", "mp2",
            ],
            size: (160, 96)
        ),
        Kind(testDescription: "no sound", audio: nil, channels: 0),
        Kind(testDescription: "silence", audio: "anullsrc=cl=stereo:r=48000:d=3", channels: 2),
        Kind(
            testDescription: "5.1 sound",
            name: "a.mkv",
            audio: "anoisesrc=seed=7:d=3:a=0.1:r=48000,pan=5.1|c0=c0|c1=c0",
            options: plain + ["-c:a", "ac3"],
            channels: 6
        ),
        Kind(testDescription: "sound of 8 kHz", audio: "sine=sample_rate=8000:duration=3"),
        Kind(testDescription: "sound that ends early", audio: "sine=sample_rate=44100:duration=1"),
        Kind(testDescription: "sound that goes on", audio: "sine=sample_rate=44100:duration=5"),
        Kind(testDescription: "sound that starts late", options: plain + ["-af", "adelay=700,asetpts=PTS+0.4/TB"]),
        Kind(
            testDescription: "odd size",
            frame: "testsrc=s=161x91:d=3",
            options: x264 + ["-pix_fmt", "yuv444p"],
            size: (162, 92)
        ),
        Kind(testDescription: "full range", options: x264 + ["-pix_fmt", "yuvj420p"]),
        Kind(testDescription: "red, green, blue", name: "a.mkv", options: ["-c:v", "ffv1", "-pix_fmt", "bgr0"]),
        Kind(
            testDescription: "transparent",
            name: "a.mov",
            options: ["-vf", "format=argb,colorchannelmixer=aa=0.5"]
                + ["-c:v", "qtrle"]
        ),
        Kind(testDescription: "grey", name: "a.mkv", options: ["-c:v", "ffv1", "-pix_fmt", "gray"]),
        Kind(testDescription: "motion JPEG in AVI", name: "a.avi", options: ["-c:v", "mjpeg", "-c:a", "pcm_s16le"]),
        Kind(testDescription: "one long group of pictures", options: plain + ["-g", "1000", "-sc_threshold", "0"]),
    ]

    @Test("the same frames make the same reel, whatever the memory held before", arguments: [Quality.low, .original])
    func same(_ quality: Quality) throws {
        let video = try TestMedia.clip("a.mp4", seconds: 3)
        defer { Self.fillMemory(0) }
        let reels = try [CInt(85), 170].map { filling in
            Self.fillMemory(filling)
            let reel = try Rendered(video, [(0.4, 1.2), (2, 2.8)], quality: quality, loudness: -16).reel
            return try SHA256.of(reel.path)
        }
        #expect(reels[0] == reels[1])
    }

    /// Has the C library fill all memory it hands out (`M_PERTURB`, which Swift does not see).
    private static func fillMemory(_ filling: CInt) {
        typealias Call = @convention(c) (CInt, CInt) -> CInt
        if let call = dlsym(nil, "mallopt") { _ = unsafeBitCast(call, to: Call.self)(-6, filling) }
    }

    @Test("every kind of source gives an ordinary MP4 in its own timing", arguments: kinds)
    func everyKind(_ kind: Kind) throws {
        let rendered = try Rendered(try kind.make(), [(0.2, 1), (1.4, 2.2)], loudness: -16)
        #expect(try rendered.complaints() == "")
        let format = try rendered.probe(
            "stream=codec_name,profile,width,height,sample_aspect_ratio,pix_fmt,color_range,field_order"
        )
        let (width, height) = (String(kind.size.width), String(kind.size.height))
        #expect(format == ["h264", "High", width, height, "1:1", "yuv420p", "tv", "progressive"])
        let shown = try rendered.shownTimes()
        #expect(shown.count == rendered.expectedTimes.count)
        for (time, expected) in zip(shown, rendered.expectedTimes) { #expect(abs(time - expected) < 0.000_02) }
        let length = try #require(try rendered.probe("stream=duration").first.flatMap(Double.init))
        #expect(abs(length - rendered.reel.duration.seconds) < 0.001)
        let audio = try rendered.probe("stream=codec_name,channels,duration", "a")
        if kind.channels == 0 {
            #expect(audio.isEmpty)
        } else {
            #expect(audio.prefix(2) == ["aac", String(kind.channels)])
            #expect(abs(try #require(audio.last.flatMap(Double.init)) - length) < 0.002)
        }
        // Players list the chapters in a track of their own.
        #expect(try rendered.probe("format=nb_streams") == [kind.channels == 0 ? "2" : "3"])
    }

    @Test("every shot is a chapter, named by when it was", arguments: [Quality.original, .low])
    func chapters(_ quality: Quality) throws {
        let path = try TestMedia.clip("a.mp4", seconds: 4, extra: ["-g", "25"])
        let rendered = try Rendered(path, [(0.6, 2.4), (3, 4)], quality: quality)
        let found = try TestMedia.probe(rendered.reel.path, "chapter=start_time,end_time:chapter_tags=title")
        #expect(found == ["0.000000", "1.800000", "00:00:00.600", "1.800000", "2.800000", "00:00:03.000"])
        #expect(try Rendered(path, [(0.6, 2.4)]).probe("format=nb_streams") == ["2"])
    }

    @Test("shots fade by way of black where that is wanted")
    func fade() throws {
        let path = try TestMedia.make(
            "a.mp4",
            ["-f", "lavfi", "-i", "color=white:s=160x90:d=4:r=25", "-c:v", "libx264", "-pix_fmt", "yuv420p"]
        )
        let rendered = try Rendered(path, [(0, 1.4), (2, 4)], quality: .high, transition: .fade)
        let averages = try rendered.averages()
        #expect(averages.count == 85)
        for place in [0, 35] { #expect(averages[place] < 20) }
        for place in [34, 84] { #expect(averages[place] < 70) }
        for place in 7...27 { #expect(averages[place] > 230) }
        #expect(averages[3] > averages[1] && averages[32] < averages[30])
    }

    @Test("no frame of a neighbouring shot is shown", arguments: ["a.mp4", "a.mkv", "a.ts"])
    func noNeighbours(_ name: String) throws {
        let colors = ["black", "gray", "white", "gray", "black"].map { "color=\($0):s=160x90:d=0.6:r=25" }
        let inputs = colors.flatMap { ["-f", "lavfi", "-i", $0] }
        let path = try TestMedia.make(
            name,
            inputs + ["-filter_complex", "concat=n=5", "-c:v", "libx264", "-bf", "3", "-g", "40", "-sc_threshold", "0"]
        )
        let rendered = try Rendered(path, [(0.6, 1.2), (1.8, 2.4)])
        let averages = try rendered.averages()
        #expect(averages.count == 30)
        #expect(averages.allSatisfy { abs($0 - 126) < 4 })
    }

    /// A display matrix, and where what is on the left as coded must be shown.
    static let turns: [(DisplayMatrix, String)] = [
        (.quarter, "crop=90:36:0:2"), (.half, "crop=36:90:122:0"), (.threeQuarters, "crop=90:36:0:122"),
        (.mirrored, "crop=36:90:122:0"), (.mirroredQuarter, "crop=90:36:0:122"),
    ]

    @Test("a turned or mirrored recording comes the right way up", arguments: turns)
    func turned(_ matrix: DisplayMatrix, _ place: String) throws {
        let path = try TestMedia.make(
            "a.mp4",
            ["-f", "lavfi", "-i", "color=black:s=160x90:d=0.4,drawbox=x=0:y=0:w=40:h=90:c=white:t=fill"]
                + ["-c:v", "libx264", "-pix_fmt", "yuv420p"]
        )
        try matrix.write(into: path)
        let rendered = try Rendered(path)
        let averages = try rendered.averages(filters: place)
        #expect(averages.count == 10 && averages.allSatisfy { $0 > 220 }, "\(averages)")
    }

    @Test("a size that changes is fitted into the first, with bars")
    func changingSize() throws {
        let first = try TestMedia.clip("1.ts", seconds: 1)
        let second = try TestMedia.make(
            "2.ts",
            ["-f", "lavfi", "-i", "color=white:s=90x160:d=1:r=25", "-f", "lavfi", "-i", "sine=d=1:sample_rate=48000"]
                + ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-output_ts_offset", "1"]
        )
        let both = ScratchFolder.path.appending("both.ts")
        _ = try Tool.run("sh", ["-c", "cat \(first.text) \(second.text) > \(both.text)"])
        let rendered = try Rendered(both)
        #expect(try rendered.probe("stream=width,height") == ["160", "90"])
        let (bar, middle) = ("crop=40:90:0:0", "crop=20:80:70:5")
        #expect(try rendered.averages(filters: bar).last.map { $0 < 20 } == true)
        #expect(try rendered.averages(filters: middle).last.map { $0 > 220 } == true)
    }

    @Test("what only the container says of the pixels' shape counts", arguments: ["b.mkv", "b.mp4"])
    func containerAspect(_ name: String) throws {
        let square = try TestMedia.clip("a.mp4", seconds: 1)
        let path = try TestMedia.make(name, ["-i", square.text, "-c", "copy", "-aspect", "64:27"])
        #expect(try Rendered(path).probe("stream=width,height") == ["214", "90"])
    }

    /// Transfer, 10-bit luma of a grey, and the 8-bit luma it must become.
    static let greys: [(String, Int, ClosedRange<Double>)] = [
        ("smpte2084", 64, 15...17), ("smpte2084", 509, 160...168), ("smpte2084", 723, 231...236),
        ("smpte2084", 940, 233...236), ("arib-std-b67", 64, 15...17), ("arib-std-b67", 721, 205...225),
        ("arib-std-b67", 940, 233...236), ("bt2020-10", 502, 124...128),
    ]

    @Test("HDR and wide colours come out as ordinary ones of fitting brightness", arguments: greys)
    func toneMapped(_ transfer: String, _ grey: Int, _ expected: ClosedRange<Double>) throws {
        let source = "color=black:s=64x64:d=0.2:r=10,format=yuv420p10le,geq=lum=\(grey):cb=512:cr=512"
        let path = try TestMedia.make(
            "a.mp4",
            ["-f", "lavfi", "-i", source, "-c:v", "libx264", "-qp", "1"] + Self.hdr + [transfer]
        )
        let rendered = try Rendered(path)
        let averages = try rendered.averages()
        #expect(averages.allSatisfy { expected.contains($0) }, "\(averages)")
        for key in ["UAVG", "VAVG"] { #expect(try rendered.averages(key).allSatisfy { abs($0 - 128) < 1.5 }) }
        #expect(
            try rendered.probe("stream=color_space,color_transfer,color_primaries") == ["bt709", "bt709", "bt709"]
        )
    }

    @Test(
        "quality limits the size, never enlarges",
        arguments: [
            (Quality.low, "2560x1440", ["1280", "720"]), (.medium, "1440x2560", ["1080", "1920"]),
            (.high, "1600x900", ["1600", "900"]), (.low, "320x180", ["320", "180"]),
        ]
    )
    func quality(_ quality: Quality, _ size: String, _ expected: [String]) throws {
        let path = try TestMedia.make(
            "a.mp4",
            ["-f", "lavfi", "-i", "color=gray:s=\(size):d=0.2:r=10", "-c:v", "libx264", "-preset", "ultrafast"]
        )
        #expect(try Rendered(path, quality: quality).probe("stream=width,height") == expected)
    }

    @Test("shots come in the order of the plan, also backwards, overlapping and end to end")
    func anyOrder() throws {
        let path = try TestMedia.clip("a.mp4", seconds: 4)
        let rendered = try Rendered(path, [(3, 3.6), (1, 1.6), (1.4, 2), (2, 2.4)])
        #expect(try rendered.complaints() == "")
        #expect(try rendered.shownTimes().count == 15 + 15 + 15 + 10)
    }

    @Test("the tags of the recording are carried, the index stands in front")
    func tags() throws {
        let tags = [
            "title": "Sea; and \"sand\"", "creation_time": "2024-05-01T10:00:00.000000Z",
            "com.apple.quicktime.make": "Maker", "location": "+52.5200+013.4050/",
        ]
        let rendered = try Rendered(try TestMedia.clip("a.mp4"), tags: tags)
        for (key, value) in tags {
            let found = try TestMedia.probe(rendered.reel.path, "format_tags=\(key)")
            #expect(found.contains(value), "\(key): \(found)")
        }
        let head = try Tool.run("sh", ["-c", "head -c 200 \(rendered.reel.path.text) | tr -cd 'a-z'"])
        #expect(head.contains("moov") && !head.contains("mdat"))
    }
}
