internal import MomentsCore
import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsTestSupport
internal import Testing

@Suite("transitions and cards", .scratchFolder)
struct TransitionTests {
    private static let encoder = ["-preset", "veryfast", "-g", "25", "-sc_threshold", "0", "-pix_fmt", "yuv420p"]

    /// Two seconds each of dark, bright and dark grey, with a tone while it is bright.
    func greys(_ name: String = "a.mp4", _ extra: [String] = ["-c:v", "libx264"] + encoder) throws -> FilePath {
        let colors = ["0x404040", "0xc0c0c0", "0x404040"].flatMap {
            ["-f", "lavfi", "-i", "color=\($0):s=160x90:d=2:r=25"]
        }
        return try TestMedia.make(
            name,
            colors + ["-f", "lavfi", "-i", "sine=f=500:d=6:r=48000", "-filter_complex", "concat=n=3[v]", "-map", "[v]"]
                + ["-map", "3:a", "-c:a", "aac"] + extra
        )
    }

    @Test("shots dissolve into one another, frame by frame", arguments: [Quality.original, .low])
    func dissolve(_ quality: Quality) throws {
        let rendered = try Rendered(try greys(), [(0, 2), (2.04, 4)], quality: quality, transition: .dissolve)
        #expect(try rendered.complaints() == "")
        // Half a second of 25 frames a second is twelve whole ones.
        #expect(rendered.reel.shots.map(\.place.start.seconds) == [0, 1.52])
        let averages = try rendered.averages()
        #expect(averages.count == 50 + 49 - 12)
        #expect(averages[..<38].allSatisfy { abs($0 - 71) < 3 } && averages[50...].allSatisfy { abs($0 - 181) < 3 })
        for place in 39..<49 {
            #expect((5...14).contains(averages[place] - averages[place - 1]), "\(averages[38..<51])")
        }
        let share = rendered.reel.shots.map(\.copy.share)
        if quality == .original {
            #expect(share.allSatisfy { $0 > 0.4 })
            #expect(rendered.reel.shots.allSatisfy { $0.copy.reason == "its transitions are encoded" })
        } else {
            #expect(share == [0, 0])
        }
        #expect(rendered.verification.joins.compactMap(\.first).allSatisfy { $0 > 0.97 })
        #expect(abs(try #require(rendered.verification.audio).skewAtEnd) < 0.04)
    }

    @Test("the audio of two shots is heard together for as long as their frames are seen")
    func crossFade() throws {
        let audio = "aevalsrc='0.5*sin(2*PI*if(lt(t\\,2)\\,400\\,1000)*t)':d=6:s=48000"
        let path = try TestMedia.make(
            "a.mkv",
            ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=6", "-f", "lavfi", "-i", audio, "-c:v", "libx264"]
                + Self.encoder + ["-c:a", "pcm_s16le"]
        )
        let rendered = try Rendered(path, [(0, 2), (3, 5)], transition: .dissolve)
        let samples = try rendered.samples()
        #expect(abs(samples.count - 48_000 * 352 / 100) < 1100)
        /// How loud a frequency is in a hundredth of a second.
        func level(_ frequency: Float, _ start: Double) -> Float {
            let from = Int(start * 48_000)
            var (real, imaginary): (Float, Float) = (0, 0)
            for index in 0..<480 {
                let angle = 2 * Float.pi * frequency * Float(index) / 48_000
                let sample = samples[from + index]
                real += sample * Self.cosine(angle)
                imaginary += sample * Self.cosine(angle - .pi / 2)
            }
            return (real * real + imaginary * imaginary).squareRoot() / 240
        }
        #expect(level(400, 1.4) > 0.4 && level(1000, 1.4) < 0.03)
        #expect(level(400, 1.755) > 0.25 && level(1000, 1.755) > 0.25)
        #expect(level(400, 2.1) < 0.03 && level(1000, 2.1) > 0.4)
    }

    private static func cosine(_ angle: Float) -> Float {
        // Bhaskara's approximation is near enough for telling two tones apart.
        let turn = angle / (2 * .pi)
        let part = abs(turn - turn.rounded()) * 2 * .pi
        let square = part <= .pi / 2 ? part * part : (.pi - part) * (.pi - part)
        let value = (.pi * .pi - 4 * square) / (.pi * .pi + square)
        return part <= .pi / 2 ? value : -value
    }

    @Test("shots that follow on each other in the source do not dissolve")
    func contiguous() throws {
        let rendered = try Rendered(try greys(), [(0, 1), (1, 2)], transition: .dissolve)
        #expect(rendered.reel.duration.seconds == 2)
        #expect(try rendered.shownTimes().count == 50)
    }

    @Test("fading copies what lies between the fades")
    func fade() throws {
        let rendered = try Rendered(try greys(), [(2.04, 3.96)], quality: .original, transition: .fade)
        #expect(try rendered.complaints() == "")
        let averages = try rendered.averages()
        #expect(averages.count == 48 && averages[0] < 20 && averages[47] < 60)
        #expect(averages[7..<41].allSatisfy { abs($0 - 181) < 3 })
        #expect(rendered.reel.samples.contains { $0.isCopied })
    }

    /// Kinds of sources that stay what they are, and what their cards' white must be on the scale of 8 bits.
    static let kinds: [(String, [String], ClosedRange<Double>)] = [
        ("a.mp4", ["-c:v", "libx264"] + encoder, 150...236),
        ("a.mp4", ["-c:v", "libx264"] + encoder + ["-pix_fmt", "yuvj420p"], 150...256),
        (
            "a.mkv",
            ["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le"]
                + ["-x265-params", "log-level=none:keyint=25"], 600...944
        ),
    ]

    @Test("cards show text on black before and behind the shots, in the source's own form", arguments: kinds)
    func cards(_ name: String, _ encoder: [String], _ white: ClosedRange<Double>) throws {
        let title = ReelCard(title: "Sea", detail: "2024-05-01", duration: MediaTime(ticks: 2, timescale: 1))
        let end = ReelCard(title: "Goodbye", duration: MediaTime(ticks: 1, timescale: 1))
        let rendered = try Rendered(
            try greys(name, encoder),
            [(2.2, 3.8)],
            quality: .original,
            opening: title,
            closing: end
        )
        #expect(try rendered.complaints() == "")
        #expect(rendered.reel.samples.contains { $0.isCopied })
        #expect(rendered.reel.shots.map(\.place.start.seconds) == [2])
        #expect(abs(rendered.reel.duration.seconds - 4.6) < 0.001)
        let highest = try rendered.averages("YMAX")
        #expect(highest.count == 50 + 40 + 25)
        for place in [25, 103] { #expect(white.contains(highest[place]), "\(highest)") }
        let averages = try rendered.averages()
        #expect(averages[25] < averages[60] / 2)
        // It comes softly.
        #expect(highest[0] < highest[25] / 2)
        let samples = try rendered.samples()
        #expect(
            samples[..<90_000].allSatisfy { abs($0) < 0.001 } && samples[100_000..<160_000].contains { abs($0) > 0.05 }
        )
    }

    @Test("whatever a name contains is only shown")
    func hostileTitles() throws {
        let path = try greys()
        func inked(_ title: String) throws -> Double {
            let card = ReelCard(title: title, duration: MediaTime(ticks: 1, timescale: 1))
            let rendered = try Rendered(path, [(2.2, 2.6)], opening: card)
            return try rendered.averages()[12] - 16
        }
        let usual = try inked("Holiday")
        #expect(usual > 0.5)
        let commands = ["{\\alpha&HFF&}Holiday", "\\N\\n\\h%{pts}':,;[x]", "}{\\p1}m 0 0 l 999 0 999 999 0 999"]
        for text in commands + [String(repeating: "W", count: 200), String(repeating: "語", count: 60)] {
            let ink = try inked(text)
            #expect(ink > 0.3 && ink < 60, "\(text): \(ink)")
        }
    }

    @Test("a turned source's card is turned like its frames")
    func turnedCard() throws {
        let path = try greys()
        try DisplayMatrix.quarter.write(into: path)
        let card = ReelCard(title: "WWWWWWWWWW", duration: MediaTime(ticks: 1, timescale: 1))
        let rendered = try Rendered(path, [(2.2, 3.8)], quality: .original, opening: card)
        #expect(rendered.reel.samples.contains { $0.isCopied })
        // Shown upright, the line runs across: its ink lies in the middle of the height.
        #expect(try rendered.averages("YMAX", filters: "crop=90:40:0:60")[12] > 150)
        #expect(try rendered.averages("YMAX", filters: "crop=90:40:0:0")[12] < 40)
    }
}
