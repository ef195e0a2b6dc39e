internal import MomentsCore
internal import MomentsWatch
internal import Testing

@Suite("what belongs to a video")
struct CompanionRulesTests {
    @Test(
        "cameras' files name their video",
        arguments: [
            ("DCIM/100GOPRO/GL010012.LRV", "DCIM/100GOPRO/GX010012.MP4"),
            ("DCIM/100GOPRO/GL010012.LRV", "DCIM/100GOPRO/GH010012.MP4"),
            ("DCIM/100GOPRO/GX010012.THM", "DCIM/100GOPRO/GX010012.MP4"),
            ("GOPR0042.LRV", "GOPR0042.MP4"),
            ("DJI_0001.LRF", "DJI_0001.MP4"),
            ("DJI_0001.SRT", "DJI_0001.MP4"),
            ("IMG_0001.HEIC", "IMG_0001.MOV"),
            ("CLIP/C0001M01.XML", "CLIP/C0001.MP4"),
            ("M4ROOT/THMBNL/C0001T01.JPG", "M4ROOT/CLIP/C0001.MP4"),
            ("beach.en.srt", "beach.mkv"),
            ("beach.mp4.xmp", "beach.mp4"),
            ("Beach.wav", "Beach.mov"),
            ("gl010012.lrv", "GX010012.MP4"),
            ("gx010012.thm", "GX010012.MP4"),
            ("GX010012.THM", "gx010012.mp4"),
            ("clip/c0001m01.xml", "clip/c0001.mp4"),
            ("m4root/thmbnl/c0001t01.jpg", "m4root/clip/C0001.MP4"),
        ] as [(FilePath, FilePath)]
    )
    func owners(_ companion: FilePath, _ video: FilePath) {
        #expect(CompanionRules.owners(of: companion).contains(video))
    }

    @Test(
        "a video finds them by name",
        arguments: [
            ("GX010012.MP4", "GL010012.LRV"), ("GX010012.MP4", "GX010012.THM"), ("DJI_0001.MP4", "DJI_0001.LRF"),
            ("DJI_0001.MP4", "DJI_0001.SRT"), ("CLIP/C0001.MP4", "CLIP/C0001M01.XML"),
            ("CLIP/C0001.MP4", "THMBNL/C0001T01.JPG"), ("beach.mp4", "beach.mp4.xmp"), ("beach.mp4", "beach.srt"),
            ("GX010012.MP4", "gl010012.lrv"), ("gx010012.mp4", "GX010012.THM"), ("clip/c0001.mp4", "clip/C0001M01.XML"),
            ("clip/c0001.mp4", "thmbnl/c0001t01.jpg"),
        ] as [(FilePath, FilePath)]
    )
    func companions(_ video: FilePath, _ companion: FilePath) {
        #expect(CompanionRules.companions(of: video).contains(companion))
        #expect(CompanionRules.owners(of: companion).contains(video))
    }

    @Test("no video is another one's companion, nor is what has another name, or none")
    func others() {
        for path: FilePath in [
            "beach.mov", "beach.ts", "beach", ".srt", "srt", "a.b/c", "beach.story.json", "beach.mp4.story.json",
        ] {
            #expect(CompanionRules.kind(of: path) == nil)
            #expect(CompanionRules.owners(of: path).isEmpty)
        }
        #expect(!CompanionRules.owners(of: "GL010012.LRV").contains("GX020012.MP4"))
        #expect(!CompanionRules.owners(of: "other/beach.srt").contains("beach.mp4"))
        // Without digits, or with other letters, two spellings may be two names.
        #expect(!CompanionRules.owners(of: "beach.srt").contains("BEACH.mp4"))
        #expect(!CompanionRules.owners(of: "strand1ä.srt").contains("STRAND1Ä.mp4"))
        // Where both spellings are there, its own is asked first.
        #expect(CompanionRules.owners(of: "a1.srt").first == "a1.mp4")
        // Two digits are no clip's number elsewhere.
        #expect(!CompanionRules.owners(of: "C0001T01.JPG").contains("CLIP/C0001.MP4"))
    }

    @Test("what begins like a video is known, whatever it is called")
    func content() {
        func iso(_ brand: String) -> [UInt8] {
            [0, 0, 0, 24] + Array("ftyp\(brand)".utf8) + [UInt8](repeating: 0, count: 12)
        }
        let packets = [UInt8](repeating: 0x47, count: 200)
        for head in [iso("isom"), iso("qt  "), [0x1A, 0x45, 0xDF, 0xA3], Array("RIFF....AVI ".utf8), packets] {
            #expect(CompanionRules.beginsLikeVideo(head))
        }
        for head in [iso("heic"), Array("RIFF....WAVE".utf8), Array("1\n00:00:01,000".utf8), [0xFF, 0xD8, 0xFF], []] {
            #expect(!CompanionRules.beginsLikeVideo(head))
        }
    }
}
