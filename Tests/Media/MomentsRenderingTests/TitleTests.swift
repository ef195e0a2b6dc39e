internal import Foundation
internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsTestSupport
internal import MomentsWords
internal import Testing

@Suite("titles on a reel", .scratchFolder)
struct TitleTests {
    /// A source on which titles can be painted between coded frames that are taken over.
    struct Kind: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var name = "a.mp4"
        let options: [String]
        var matrix: DisplayMatrix?
    }

    private static func coded(_ format: String = "yuv420p", _ more: [String] = []) -> [String] {
        ["-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-pix_fmt", format, "-sc_threshold", "0", "-g", "20"]
            + more
    }

    static let kinds: [Kind] = [
        Kind(testDescription: "plain", options: coded()),
        Kind(testDescription: "turned", options: coded(), matrix: .quarter),
        Kind(testDescription: "turned the other way and mirrored", options: coded(), matrix: .mirroredQuarter),
        Kind(testDescription: "upside down", options: coded(), matrix: .half),
        Kind(testDescription: "ten bits", options: coded("yuv420p10le")),
        Kind(testDescription: "full range", options: coded("yuvj420p", ["-color_range", "pc"])),
        Kind(testDescription: "as many colours as pixels", options: coded("yuv444p")),
        Kind(testDescription: "wide pixels", options: coded("yuv420p", ["-vf", "setsar=4/3"])),
        Kind(
            testDescription: "VP9",
            options: [
                "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "5", "-crf", "20", "-b:v", "0", "-g", "20",
            ]
        ),
    ]

    /// Ten seconds of a moving gradient of grey, never brighter than 150.
    private func source(_ kind: Kind, size: String = "320x180") throws -> FilePath {
        let path = try TestMedia.make(
            kind.name,
            [
                "-f", "lavfi", "-i",
                "color=gray:s=\(size):r=20:d=10,geq=lum='60+60*mod(X+4*N,W)/W':cb=128:cr=128", "-f", "lavfi", "-i",
                "sine=d=10:sample_rate=48000", "-c:a", "aac",
            ] + kind.options
        )
        try kind.matrix?.write(into: path)
        return path
    }

    private func titles(_ product: ProductTitles? = nil, cues: [Cue] = [], tracks: [SubjectTrack] = []) -> ReelTitles {
        ReelTitles(product: product, captions: cues, grounds: [], tracks: tracks, notes: TitleNotes())
    }

    private func aurora(_ style: ClipStyle = .modern, picture: Bitmap? = nil) -> ProductTitles {
        ProductTitles(name: "Aurora", callToAction: "Order now", style: style, picture: picture)
    }

    private let red = Bitmap(width: 300, height: 300, filledWith: (200, 30, 40, 255))

    /// How many pixels of a part are nearly white.
    private func whites(_ pixels: [UInt8], width: Int, rows: Range<Int>) -> Int {
        rows.reduce(0) { sum, row in
            sum + (0..<width).count { pixels[(row * width + $0) * 3] > 215 && pixels[(row * width + $0) * 3 + 2] > 215 }
        }
    }

    @Test("only what captions are written on is encoded, upright, where and while they are heard", arguments: kinds)
    func captions(_ kind: Kind) throws {
        let path = try source(kind)
        let cue = Cue(start: 5, end: 6.5, text: "HILL MILL WILL")
        let rendered = try Rendered(path, [(0.5, 9.5)], quality: .original, titles: titles(cues: [cue]))
        #expect(try rendered.complaints() == "")
        // In the reel they are heard from 4.5 to 6 s: of 180 frames 30, and what belongs to their groups.
        let copied = rendered.reel.samples.count(where: \.isCopied)
        #expect(copied >= 90 && copied <= 140, "\(copied)")
        #expect(rendered.reel.shots[0].copy.reason == "its titles are encoded")
        let isTurned = kind.matrix.map { $0.a == 0 } ?? false
        let isWide = kind.testDescription == "wide pixels"
        let (width, height) = isTurned ? (180, 320) : isWide ? (426, 180) : (320, 180)
        let turning = isWide ? "scale=426:180" : "null"
        for (time, isSeen) in [(4.3, false), (4.6, true), (5.9, true), (6.2, false)] {
            let pixels = try rendered.pixels(at: time, turning)
            #expect(pixels.count == width * height * 3)
            #expect(whites(pixels, width: width, rows: 0..<height / 2) == 0)
            let below = whites(pixels, width: width, rows: height / 2..<height)
            #expect(isSeen ? below > 30 : below == 0, "\(below) at \(time)")
        }
        let similarity = try rendered.similarity()
        #expect(similarity.enumerated().allSatisfy { (90..<120).contains($0.offset) || $0.element > 0.97 })
    }

    @Test("what a voice says is written when the reel is heard, and what the video says only where no voice speaks")
    func voice() throws {
        let path = try source(Self.kinds[0])
        var titles = titles(cues: [Cue(start: 1, end: 2, text: "HILL"), Cue(start: 6, end: 7, text: "MILL")])
        titles.spoken = [Cue(start: 0.2, end: 1.6, text: "WILL"), Cue(start: 3, end: 99, text: "TILL MILL HILL")]
        #expect(titles.identity != self.titles(cues: titles.captions).identity)
        // The reel shows 1 to 3 s and 5.5 to 7.5 s: there the video's own words would be heard from 0 and from 2.5 s.
        let rendered = try Rendered(path, [(1, 3), (5.5, 7.5)], quality: .auto, titles: titles)
        #expect(try rendered.complaints() == "")
        for (time, isSeen) in [
            (0.1, false), (0.3, true), (1.5, true), (1.8, false), (2.4, false), (3.1, true), (3.9, true),
        ] {
            let below = whites(try rendered.pixels(at: time, "null"), width: 320, rows: 90..<180)
            #expect(isSeen ? below > 30 : below == 0, "\(below) at \(time)")
        }
    }

    @Test("words of two shots are written where the reel shows them, in a frame cut to another shape")
    func framed() throws {
        let path = try source(Self.kinds[0])
        let cues = [Cue(start: 1.5, end: 2.5, text: "HILL MILL"), Cue(start: 7, end: 8, text: "WILL")]
        let rendered = try Rendered(
            path,
            [(1, 3), (6.5, 8.5)],
            quality: .auto,
            framing: ReelFraming(aspect: .square, paths: []),
            titles: titles(cues: cues)
        )
        for (time, isSeen) in [(0.3, false), (0.7, true), (1.3, true), (1.7, false), (2.3, false), (2.7, true)] {
            let count = whites(try rendered.pixels(at: time), width: 180, rows: 90..<180)
            #expect(isSeen ? count > 20 : count == 0, "\(count) at \(time)")
        }
    }

    @Test("a title moves in and out, the product and its colours are seen, and the last card ends the reel")
    func product() throws {
        let path = try source(Self.kinds[0], size: "640x360")
        for (style, transition) in [
            (ClipStyle.modern, ReelTransition.dissolve), (.energetic, .cut), (.minimalist, .fade),
        ] {
            let product = aurora(style, picture: red)
            // The next reel takes this one's place.
            let without = try Rendered(path, [(0.5, 5.5), (6, 9.9)], transition: transition)
            var plain: [Double: [UInt8]] = [:]
            for time in [0.1, 0.5, 2] { plain[time] = try without.pixels(at: time) }
            let rendered = try Rendered(
                path,
                [(0.5, 5.5), (6, 9.9)],
                transition: transition,
                closing: product.closing,
                titles: titles(product)
            )
            #expect(try rendered.complaints() == "")
            let body = rendered.reel.shots[1].place.end.seconds
            #expect(abs(rendered.reel.duration.seconds - body - product.closing.duration.seconds) < 0.001)
            func difference(_ time: Double, _ rows: Range<Int>, _ columns: Range<Int>) throws -> Int {
                let (one, two) = (try rendered.pixels(at: time), try #require(plain[time]))
                return rows.reduce(0) { sum, row in
                    sum + columns.count { abs(Int(one[(row * 640 + $0) * 3]) - Int(two[(row * 640 + $0) * 3])) > 40 }
                }
            }
            #expect(try difference(0.1, 0..<360, 0..<640) == 0)
            let (coming, there) = (try difference(0.5, 200..<360, 0..<400), try difference(2, 200..<360, 0..<400))
            #expect(there > 300 && coming != there, "\(coming) \(there)")
            #expect(try difference(2, 0..<150, 0..<640) == 0)
            // The product's picture follows the title in the upper right corner.
            let pixels = try rendered.pixels(at: 7)
            let reds = (0..<640 * 360).filter {
                abs(Int(pixels[$0 * 3]) - 200) < 12 && abs(Int(pixels[$0 * 3 + 1]) - 30) < 12
                    && abs(Int(pixels[$0 * 3 + 2]) - 40) < 12
            }
            #expect(reds.count > 4000, "\(reds.count)")
            #expect(reds.allSatisfy { $0 % 640 > 440 && $0 / 640 < 170 })
            let card = try rendered.pixels(at: rendered.reel.duration.seconds - 0.2)
            #expect(
                (0..<640 * 360).count { abs(Int(card[$0 * 3]) - 200) < 12 && abs(Int(card[$0 * 3 + 1]) - 30) < 12 }
                    > 20_000
            )
        }
    }

    @Test("a product's picture gives way to faces, and is left to the last card where they are everywhere")
    func faces() throws {
        let path = try source(Self.kinds[0], size: "640x360")
        func face(_ id: Int, _ x: Double, _ y: Double) -> SubjectTrack {
            let points = [0.0, 10].map { time in
                SubjectTrack.Point(
                    time: MediaTime(seconds: time),
                    box: Box(x: x, y: y, width: 0.2, height: 0.3),
                    confidence: 0.9
                )
            }
            return SubjectTrack(id: id, kind: .faces, name: "face", points: points)
        }
        func reds(_ tracks: [SubjectTrack]) throws -> (places: [Int], notes: [String]) {
            let titles = titles(aurora(picture: red), tracks: tracks)
            let rendered = try Rendered(path, [(0.5, 9.5)], titles: titles)
            let pixels = try rendered.pixels(at: 7)
            let places = (0..<640 * 360).filter { pixels[$0 * 3] > 180 && pixels[$0 * 3 + 1] < 60 }
            return (places, titles.notes.sentences)
        }
        let one = try reds([face(1, 0.75, 0.05)])
        #expect(one.places.count > 4000 && one.places.allSatisfy { $0 % 640 < 220 && $0 / 640 < 180 })
        #expect(one.notes.isEmpty)
        let corners = [face(1, 0.78, 0), face(2, 0, 0), face(3, 0, 0.7), face(4, 0.78, 0.7)]
        let all = try reds(corners)
        #expect(all.places.isEmpty)
        #expect(
            all.notes == [
                "the product's picture is only on the last card, since it would cover faces or text elsewhere"
            ]
        )
    }

    @Test("colours keep their look in BT.709 too, and in HDR white is as bright as paper")
    func colors() throws {
        let path = try source(Self.kinds[0], size: "1280x720")
        let rendered = try Rendered(path, [(0.5, 9.5)], quality: .original, titles: titles(aurora(picture: red)))
        let pixels = try rendered.pixels(at: 7, matrix: "bt709")
        let reds = (0..<1280 * 720).count {
            abs(Int(pixels[$0 * 3]) - 200) < 8 && abs(Int(pixels[$0 * 3 + 1]) - 30) < 8
                && abs(Int(pixels[$0 * 3 + 2]) - 40) < 8
        }
        #expect(reds > 20_000, "\(reds)")
        let hdr = try TestMedia.make(
            "hdr.mp4",
            [
                "-f", "lavfi", "-i", "color=black:s=320x180:r=20:d=4", "-c:v", "libx265", "-preset", "ultrafast",
                "-pix_fmt", "yuv420p10le", "-x265-params",
                "log-level=none:keyint=20:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc",
            ]
        )
        let white = Bitmap(width: 200, height: 200, filledWith: (255, 255, 255, 255))
        let wide = try Rendered(hdr, hdr: .keep, titles: titles(aurora(picture: white)))
        #expect(wide.reel.codec == "hevc")
        // 203 cd/m² are 58 % of PQ's signal: 64 + 0.58 × 876 of ten bits.
        // The middle of the product's picture.
        let brightest = try #require(try wide.averages(filters: "crop=30:30:250:28").max())
        #expect(abs(brightest - 573) < 12, "\(brightest)")
    }
}
