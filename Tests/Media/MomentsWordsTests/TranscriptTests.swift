import MomentsWords
import Testing

@Suite("reading transcripts")
struct TranscriptTests {
    private func read(_ text: String) throws -> Transcript { try Transcript(Array(text.utf8)) }

    @Test("SubRip, WebVTT and SubStation give the same cues")
    func forms() throws {
        let subRip =
            "1\r\n00:00:01,500 --> 00:00:03,000\r\nHello <i>there</i>,\r\nfriend.\r\n\r\n2\r\n"
            + "00:01:02,000 --> 00:01:04,250\r\n- Yes & no.\r\n"
        let webVTT =
            "WEBVTT - a title\n\nNOTE\nnot said\n\nSTYLE\n::cue { color: red }\n\nfirst\n"
            + "00:01.500 --> 00:03.000 align:start\n<v Ann>Hello there,\nfriend.\n\n01:02.000 --> 01:04.250\nYes &amp; no.\n"
        let subStation =
            "[Script Info]\nTitle: x\n[Events]\nFormat: Layer, Start, End, Style, Text\n"
            + "Dialogue: 0,0:01:02.00,0:01:04.25,Default,Yes & no.\n"
            + "Dialogue: 0,0:00:01.50,0:00:03.00,Default,{\\an8}Hello there,\\Nfriend.\n"
        for text in [subRip, webVTT, subStation] {
            let cues = try read(text).cues
            #expect(cues.map(\.text) == ["Hello there, friend.", "Yes & no."])
            #expect(cues.map(\.start) == [1.5, 62])
            #expect(cues.map(\.end) == [3, 64.25])
        }
    }

    @Test("the encoding is found, or the text refused")
    func encodings() throws {
        let text = "1\n00:00:01,000 --> 00:00:02,000\nGrüße aus Köln – schön\n"
        let units = Array(text.utf16)
        let little: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        let western = text.unicodeScalars.map { $0 == "–" ? 0x96 : UInt8($0.value) }
        let forms: [([UInt8], String)] = [
            (Array(text.utf8), "UTF-8"), ([0xEF, 0xBB, 0xBF] + Array(text.utf8), "UTF-8"), (little, "UTF-16"),
            (big, "UTF-16"), (western, "Windows-1252"),
        ]
        for (bytes, encoding) in forms {
            let transcript = try Transcript(bytes)
            #expect(transcript.encoding == encoding)
            #expect(transcript.cues.map(\.text) == ["Grüße aus Köln – schön"])
        }
        #expect(try Transcript(western).notes == ["it is not in UTF-8 and was read as Windows-1252"])
        // Cyrillic letters of one byte each, and pictures.
        let russian = Array("1\n00:00:01,000 --> 00:00:02,000\n".utf8) + [UInt8](repeating: 0xEF, count: 60)
        let refused = #expect(throws: TranscriptTrouble.self) { _ = try Transcript(russian) }
        #expect(refused?.description.contains("save it as UTF-8") == true)
        #expect(throws: TranscriptTrouble("it is no text")) { _ = try Transcript([0x89, 0x50, 0, 1, 2]) }
    }

    @Test("cues that are backwards, double, out of order or endless are put right, and it is said")
    func disorder() throws {
        let transcript = try read(
            """
            00:00:10,000 --> 00:00:12,000
            Second.

            00:00:01,000 --> 00:00:02,000
            First.

            00:00:09,000 --> 00:00:08,000
            Backwards.

            00:00:12,050 --> 00:00:13,000
            Second.

            00:00:20,000 --> 09:00:00,000
            Endless.

            99:99:99:99 --> 1
            Nonsense.
            """
        )
        #expect(transcript.cues.map(\.text) == ["First.", "Second.", "Endless."])
        #expect(transcript.cues.map(\.end) == [2, 13, 80])
        #expect(
            transcript.notes == ["1 cues that end before they begin were left out", "its cues were not in order"]
        )
    }

    @Test("scripts, tags and invisible characters are no part of the words")
    func hostile() throws {
        let markup = "<script>alert(1)</script><img src=x onerror=alert(2)>\u{202E}ab\u{7}c 1 < 2 &lt;b&gt;"
        let cues = try read("00:01.000 --> 00:02.000\n\(markup)\n").cues
        #expect(cues.map(\.text) == ["alert(1)abc 1 < 2 <b>"])
    }

    @Test("a megabyte of cues is read up to a bound, and more than four are refused")
    func large() throws {
        var text = ""
        for number in 0..<25_000 { text += "00:00:0\(number % 9),000 --> 00:00:0\(number % 9),900\nWord \(number)\n\n" }
        let transcript = try read(text)
        #expect(transcript.cues.count == 20_000)
        #expect(transcript.notes.first == "only the first 20000 cues were read")
        let long = try read("00:00:01,000 --> 00:00:02,000\n" + String(repeating: "a ", count: 1_000_000))
        #expect(long.cues[0].text.count < 700)
        #expect(throws: TranscriptTrouble.self) { _ = try Transcript([UInt8](repeating: 0x61, count: 5 << 20)) }
    }

    @Test("what an aircraft measured is no transcript, and neither is music alone, or nothing")
    func telemetry() {
        let flight = (0..<30).map {
            "00:00:0\($0 / 10),\($0 % 10)00 --> 00:00:0\($0 / 10),\($0 % 10)90\n<font>FrameCnt: \($0), [iso: 100]\n"
        }
        #expect(throws: TranscriptTrouble("it holds what an aircraft measured, no words")) {
            _ = try read(flight.joined(separator: "\n"))
        }
        #expect(throws: TranscriptTrouble("nothing is said in it")) {
            _ = try read("00:01.000 --> 00:02.000\n[music]\n\n00:03.000 --> 00:04.000\n♪ la la ♪\n")
        }
        #expect(throws: TranscriptTrouble("it holds no cue")) { _ = try read("Dear diary") }
    }

    @Test("packets of text tracks give cues", arguments: ["mov_text", "subrip", "ass"])
    func tracks(_ codec: String) throws {
        var reader = TextTrackReader(codec: codec)
        func packet(_ text: String) -> [UInt8] {
            switch codec {
            case "mov_text": [0, UInt8(text.utf8.count)] + Array(text.utf8) + [0, 0, 0, 12]
            case "ass": Array("0,0,Default,,0,0,0,,{\\i1}\(text)".utf8)
            default: Array(text.utf8)
            }
        }
        reader.add(packet("Good evening, all"), at: 1, lasting: 2)
        reader.add(codec == "mov_text" ? [0, 0] : [], at: 3, lasting: 1)
        reader.add(packet("Bye"), at: 5, lasting: 0)
        for time in [Double(Int64.max), .infinity, .nan, 360_000] { reader.add(packet("Never"), at: time, lasting: 2) }
        reader.add(packet("For ever"), at: 6, lasting: Double(Int64.max))
        let transcript = try Transcript(reader.cues)
        #expect(transcript.cues.map(\.text) == ["Good evening, all", "Bye"])
        #expect(transcript.cues.map(\.end) == [3, 9])
    }

    @Test("broken files neither trap nor take long")
    func broken() {
        let first = "WEBVTT\n\n00:01.000 --> 00:02.000\n<00:01.500>Hi <b>you</b> &amp; me\n\n"
        let whole = Array((first + "2\n00:03.000 --> 00:04.000\nSo.\n").utf8)
        var state: UInt32 = 7
        for _ in 0..<2000 {
            var bytes = whole
            for _ in 0..<4 {
                state = state &* 1_664_525 &+ 1_013_904_223
                let place = Int(state >> 8) % bytes.count
                if state & 1 == 0 {
                    bytes[place] = UInt8(truncatingIfNeeded: state >> 20)
                } else {
                    bytes.remove(at: place)
                }
            }
            guard let transcript = try? Transcript(bytes) else { continue }
            let isSound = transcript.cues.allSatisfy { $0.start < $0.end && !$0.text.isEmpty }
            #expect(isSound)
            _ = Speech(transcript.cues, pauses: []).sentences
        }
    }
}
