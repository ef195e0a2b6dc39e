import FoundationEssentials
import MomentsCore
import MomentsExports
import Testing

@Suite("metadata")
struct MetadataDocumentTests {
    private static func document() -> MetadataDocument {
        var video = MetadataStream(index: 0, kind: "video", codec: "h264", timeBase: Rational(1, 15_360))
        video.used = true
        video.video = MetadataStream.Video(width: 640, height: 360)
        var audio = MetadataStream(index: 1, kind: "audio", codec: "aac", timeBase: Rational(1, 48_000))
        audio.language = "de"
        audio.audio = MetadataStream.Audio(sampleRate: 48_000, channels: 2)
        return MetadataDocument(
            name: "beach.mp4",
            size: 1_000_000,
            container: "mov,mp4,m4a,3gp,3g2,mj2",
            duration: MediaTime(ticks: 1001 * 60, timescale: 30_000),
            timing: FrameTiming(times: [0, 512, 1024], keyframeTimes: [0], base: Rational(1, 15_360)),
            streams: [video, audio]
        )
    }

    private static func read(_ document: MetadataDocument) throws -> Reading {
        try MomentsJSON.decode(Reading.self, from: try document.file().data)
    }

    private struct Reading: Decodable {
        struct Stream: Decodable {
            let codec: String
            let language: String?
            let tags: [String: String]
        }
        struct Position: Decodable { let latitude, longitude: Double }
        let schema: String
        let duration: Double
        let duration_exact: String
        let bit_rate: Int64
        let variable_frame_rate: Bool
        let streams: [Stream]
        let tags: [String: String]
        let location: Position?
    }

    @Test("it names the streams, and gives the duration both ways")
    func facts() throws {
        let reading = try Self.read(Self.document())
        #expect(reading.schema == "momentsd.metadata/1")
        #expect(reading.duration == 2.002)
        #expect(reading.duration_exact == "1001/500")
        #expect(reading.bit_rate == 3_996_004)
        #expect(reading.variable_frame_rate == false)
        #expect(reading.streams.map(\.codec) == ["h264", "aac"])
        #expect(reading.streams.last?.language == "de")
    }

    @Test("tags keep every character, and none of them can act on a terminal")
    func hostileTags() throws {
        let title = "a\u{1b}[31m\u{7}\u{0}b\u{9b}2J\u{202e}gpm\u{2028}\n\"end\" \u{7f}"
        var document = Self.document()
        document.tags = ["title": title]
        let data = try document.file().data
        #expect(data.allSatisfy { $0 >= 0x20 && $0 < 0x7f || $0 == 0x0a })
        #expect(
            Array(try Self.read(document).tags["title"]?.unicodeScalars ?? "".unicodeScalars)
                == Array(title.unicodeScalars)
        )
    }

    @Test("a name that is no UTF-8 is given in hexadecimal")
    func bytes() throws {
        var document = Self.document()
        document.name = FilePath(bytes: [0x61, 0xff])
        #expect(String(decoding: try document.file().data, as: UTF8.self).contains(#""hex" : "61ff""#))
    }

    @Test("what the file does not say is left out")
    func absent() throws {
        let text = String(decoding: try Self.document().file().data, as: UTF8.self)
        for key in ["captured_at", "location", "camera", "bit_rate\" : 0", "null"] { #expect(!text.contains(key)) }
    }

    @Test(
        "places are read in each form of ISO 6709",
        arguments: zip(
            ["+52.5200+013.4050+034.500/", "-3352.5+15112.5/", "+404318-0735930CRSWGS_84/", "+00.0000-180.0000/"],
            [(52.52, 13.405), (-33.875, 151.208333), (40.721667, -73.991667), (0, -180)]
        )
    )
    func places(text: String, expected: (Double, Double)) throws {
        let place = try #require(Location(iso6709: text))
        #expect(abs(place.latitude - expected.0) < 1e-6)
        #expect(abs(place.longitude - expected.1) < 1e-6)
        #expect(place.altitude == (text.contains("+034") ? 34.5 : nil))
    }

    @Test(
        "what names no place is no place",
        arguments: ["", "Berlin", "+91+000/", "+10", "52+13", "+1..2+013/", "+1+1/"]
    )
    func noPlaces(text: String) {
        #expect(Location(iso6709: text) == nil)
    }
}
