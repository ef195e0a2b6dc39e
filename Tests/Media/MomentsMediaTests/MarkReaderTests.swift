internal import FoundationEssentials
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem
internal import MomentsTestSupport
internal import Testing

@Suite("reading marks", .scratchFolder)
struct MarkReaderTests {
    private func marks(_ path: FilePath, _ companions: [FilePath] = []) throws -> [Mark] {
        MarkReader.marks(of: try SourceProbe.open(path, interrupt: Interrupt()), beside: companions)
    }

    private func write(_ name: FilePath, _ bytes: some Sequence<UInt8>) throws -> FilePath {
        let path = ScratchFolder.path.appending(name)
        _ = try AtomicFile.replace(path, with: Data(Array(bytes)), durable: false)
        return path
    }

    private func box(_ kind: String, _ content: [UInt8]) -> [UInt8] { big(8 + content.count) + kind.utf8 + content }

    private func big(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }

    /// A clip whose `moov`, its last box, ends with more boxes.
    private func clip(_ name: String, adding boxes: [UInt8], seconds: Double = 12) throws -> FilePath {
        let path = try TestMedia.clip(name, seconds: seconds)
        var bytes = try Descriptor.openRegular(path).read(1 << 24, at: 0, of: path)
        var place = 0
        while !bytes[(place + 4)..<(place + 8)].elementsEqual("moov".utf8) {
            place += bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
        }
        // A second list of user data is not looked at, so that the first is renamed.
        if let own = bytes.indices.dropFirst(place).first(where: { bytes[$0...].starts(with: "udta".utf8) }) {
            bytes.replaceSubrange(own..<(own + 4), with: "free".utf8)
        }
        bytes.replaceSubrange(place..<(place + 4), with: big(bytes.count - place + boxes.count))
        return try write(FilePath(name), bytes + boxes)
    }

    @Test("HiLights of GoPros, of older and newer cameras, each once")
    func hilights() throws {
        let list = box("HMMT", [2, 7500, 3000].flatMap(big) + [UInt8](repeating: 0, count: 392))
        #expect(
            try marks(clip("a.mp4", adding: box("udta", list)))
                == [Mark(.hilight, at: 3), Mark(.hilight, at: 7.5)]
        )
        func value(_ key: String, _ type: UInt8, _ size: Int, _ count: Int, _ content: [UInt8]) -> [UInt8] {
            Array(key.utf8) + [type, UInt8(size), UInt8(count >> 8), UInt8(count & 255)] + content
                + [UInt8](repeating: 0, count: (4 - content.count % 4) % 4)
        }
        let entries = [3000, 9000].flatMap { big($0) + [UInt8](repeating: 1, count: 12) + "MANL".utf8 + big(0) }
        let other = big(5000) + [UInt8](repeating: 1, count: 12) + Array("FACE".utf8) + big(0)
        let name = value("STNM", UInt8(ascii: "c"), 1, 5, Array("Highs".utf8))
        let stream = name + value("HLMT", 63, 24, 3, entries + other)
        let strm = value("STRM", 0, 1, stream.count, stream)
        let tree = box("GPMF", value("DEVC", 0, 1, strm.count, strm) + [UInt8](repeating: 0, count: 64))
        #expect(
            try marks(clip("b.mp4", adding: box("udta", list + tree))).map(\.start) == [3, 7.5, 9]
        )
    }

    @Test("what lies about its length, its count or its time is no mark, and breaks nothing")
    func hostile() throws {
        let lists: [[UInt8]] = [
            box("HMMT", big(-1) + big(1000)), box("HMMT", []), box("HMMT", big(3)), big(3) + "HMMT".utf8,
            big(1) + "HMMT".utf8 + [0x7f] + [UInt8](repeating: 0xff, count: 7), big(900) + "HMMT".utf8 + big(1),
            box("HMMT", big(1) + big(-5)), box("GPMF", Array("HLMT".utf8) + [63, 255, 255, 255] + big(7)),
            box("GPMF", (0..<40).flatMap { _ in Array("DEVC".utf8) + [0, 1, 1, 0] }),
        ]
        for (number, list) in lists.enumerated() {
            let path = try clip("\(number).mp4", adding: box("udta", list), seconds: 4)
            // Some are more than libav bears.
            guard let source = try? SourceProbe.open(path, interrupt: Interrupt()) else { continue }
            let found = MarkReader.marks(of: source, beside: [])
            #expect(found == (number == 0 ? [Mark(.hilight, at: 1)] : []), "\(number)")
        }
        let deep = String(repeating: "<a b='<>' c=\"", count: 2000) + "<!--"
        let notes = try write("a.xmp", deep.utf8)
        let other = try write("aM01.XML", (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) })
        #expect(try marks(TestMedia.clip("a.mp4", seconds: 1), [notes, other, "/nowhere/a.xmp"]) == [])
    }

    @Test("shot marks that a Sony notes beside its clip")
    func sony() throws {
        let video = try TestMedia.clip("C0001.MP4", seconds: 6)
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- <KlvPacket frameCount="1" lengthValue="095F53686F744D61726B31"/> -->
            <NonRealTimeMeta xmlns="urn:schemas-professionalDisc:nonRealTimeMeta:ver.2.00"><KlvPacketTable>
            <KlvPacket key="060E" frameCount="0" lengthValue="095F5265635374617274" status="spot"/>
            <KlvPacket key="060E" frameCount="100" lengthValue="0A5F53686F744D61726B31" status="spot"/>
            <KlvPacket key='060E' status="spot" lengthValue='0A5F53686F744D61726B32' frameCount = '50' />
            <KlvPacket frameCount="99999999" lengthValue="0A5F53686F744D61726B31"/>
            <KlvPacket frameCount="-5" lengthValue="0A5F53686F744D61726B31"/><KlvPacket/>
            </KlvPacketTable></NonRealTimeMeta>
            """
        #expect(
            try marks(video, [write("C0001M01.XML", text.utf8)]) == [Mark(.shotMark, at: 2), Mark(.shotMark, at: 4)]
        )
    }

    @Test("markers in XMP, beside a video and in it, in both ways of writing them")
    func xmp() throws {
        let text = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description xmpDM:startTimeScale="25">
            <xmpDM:Tracks><rdf:Bag><rdf:li rdf:parseType="Resource"><xmpDM:trackName>Comment</xmpDM:trackName>
            <xmpDM:frameRate>f30000s1001</xmpDM:frameRate><xmpDM:markers><rdf:Seq>
            <rdf:li rdf:parseType="Resource"><xmpDM:startTime>60</xmpDM:startTime><xmpDM:name>A &amp; B&#33;</xmpDM:name>
            </rdf:li></rdf:Seq></xmpDM:markers></rdf:li>
            <rdf:li><rdf:Description xmpDM:trackName="Two" xmpDM:frameRate="f50"><xmpDM:markers><rdf:Seq>
            <rdf:li><rdf:Description xmpDM:startTime="200" xmpDM:duration="50" xmpDM:type="Comment"/></rdf:li>
            <rdf:li xmpDM:startTime="125f25" xmpDM:comment="third"/>
            <rdf:li xmpDM:startTime="10" xmpDM:type="Speech"/><rdf:li xmpDM:startTime="x"/>
            <rdf:li xmpDM:startTime="10f0"/><rdf:li xmpDM:startTime="9223372036854775807"/>
            </rdf:Seq></xmpDM:markers></rdf:Description></rdf:li></rdf:Bag></xmpDM:Tracks>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            """
        let wanted = [
            Mark(.marker, at: 60 * 1001 / 30000, title: "A & B!"), Mark(.marker, at: 4, end: 5),
            Mark(.marker, at: 5, title: "third"),
        ]
        let plain = try TestMedia.clip("a.mp4", seconds: 6)
        let beside = try marks(plain, [write("a.xmp", text.utf8)])
        let within = try marks(clip("b.mp4", adding: box("udta", box("XMP_", Array(text.utf8))), seconds: 6))
        for found in [beside, within] {
            #expect(found.map(\.title) == wanted.map(\.title))
            #expect(found.map { ($0.start * 1000).rounded() } == wanted.map { ($0.start * 1000).rounded() })
            #expect(found.map { ($0.end * 1000).rounded() } == wanted.map { ($0.end * 1000).rounded() })
        }
    }

    @Test("chapters are marks, but for the first and for those at even distances", arguments: ["a.mp4", "a.mkv"])
    func chapters(_ name: String) throws {
        func list(_ starts: [Int]) throws -> FilePath {
            let chapters = zip(starts, starts.dropFirst() + [10_000]).enumerated().map { number, stretch in
                "[CHAPTER]\nTIMEBASE=1/1000\nSTART=\(stretch.0)\nEND=\(stretch.1)\ntitle=\(number)\n"
            }
            return try write("list.txt", (";FFMETADATA1\n" + chapters.joined()).utf8)
        }
        func clip(_ starts: [Int]) throws -> FilePath {
            let extra = ["-i", try list(starts).text, "-map", "0", "-map", "1", "-map_metadata", "2"]
            return try TestMedia.make(
                name,
                [
                    "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=10",
                    "-f", "lavfi", "-i", "sine=duration=10",
                ] + extra + ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
            )
        }
        let found = try marks(clip([0, 2500, 7000]))
        // In Matroska the pictures begin with the sound, which begins 23 ms before.
        #expect(found.map(\.title) == ["1", "2"] && found.allSatisfy { $0.kind == .chapter })
        #expect(zip(found, [2.5, 7]).allSatisfy { abs($0.start - $1) < 0.03 })
        #expect(try marks(clip([0, 2000, 4000, 6000, 8000])) == [])
    }

    @Test(
        "a recording that a dash camera was told to keep is marked as a whole; a birthday in a folder of that name is not",
        arguments: [
            ("Event/20260712_101530F.mp4", true), ("RO/2026_0712_101530_0001.mp4", true),
            ("x/20260712_101530_EF.mp4", true), ("Normal/20260712_101530F.mp4", false), ("Event/party.mp4", false),
            ("x/20260712_101530_NF.mp4", false),
        ]
    )
    func alarms(_ name: String, _ isMarked: Bool) throws {
        let path = ScratchFolder.path.appending(FilePath(name))
        try Folder.make(path.parent, mode: 0o755)
        try Folder.move(try TestMedia.clip("a.mp4", seconds: 1), to: path)
        #expect(try marks(path).map(\.kind) == (isMarked ? [.event] : []))
    }
}
