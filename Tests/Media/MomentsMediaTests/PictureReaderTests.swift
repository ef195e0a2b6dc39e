import MomentsCore
import MomentsMedia
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("pictures of strangers", .scratchFolder)
struct PictureReaderTests {
    private func picture(_ name: String, _ options: [String] = []) throws -> [UInt8] {
        let path = ScratchFolder.path.appending(name)
        let isPhone = name.hasSuffix(".heic") || name.hasSuffix(".avif")
        let made = isPhone ? path.adding(suffix: ".png") : path
        try Tool.run(
            "ffmpeg",
            ["-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x200", "-frames:v", "1"] + options + [made.text]
        )
        if isPhone { try Tool.run("heif-enc", [made.text, "-o", path.text]) }
        return try Descriptor.openRegular(path).read(1 << 20, at: 0, of: path)
    }

    @Test(
        "JPEG, PNG, WebP and HEIF are known by content, and decode to their size",
        arguments: ["a.jpg", "a.png", "a.webp", "a.heic", "a.avif"]
    )
    func kinds(name: String) throws {
        let bytes = try picture(name)
        let header = try #require(PictureHeader(bytes))
        #expect((header.width, header.height) == (320, 200))
        let planes = try PictureReader.picture(bytes, covering: (160, 90))
        #expect((planes.width, planes.height) == (160, 100))
        // Real colours, not one grey.
        #expect(Set(planes.planes[0]).count > 20 && Set(planes.planes[1]).count > 5)
        let whole = try PictureReader.picture(bytes, covering: (4000, 4000))
        #expect((whole.width, whole.height) == (320, 200))
    }

    @Test("a picture that says it has 60,000 × 60,000 pixels is refused by its header")
    func bombs() throws {
        var png = try picture("a.png")
        png.replaceSubrange(16..<24, with: [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60])
        let refusal = #expect(throws: PictureFile.Refusal.self) {
            try PictureReader.picture(png, covering: (160, 90))
        }
        #expect(refusal?.description.contains("60000 × 60000") == true)
        var jpeg = try picture("a.jpg")
        let frame = try #require((0..<jpeg.count - 9).first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
        jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0xEA, 0x60, 0xEA, 0x60])
        #expect(throws: PictureFile.Refusal.self) { try PictureReader.picture(jpeg, covering: (160, 90)) }
    }

    @Test("a picture whose pixels take more memory than small machines have is refused by its header")
    func deep() throws {
        var png = try picture("a.png")
        // 8,900 × 8,900 pixels of 16 bits a colour, with opacity: 634 MB. Of 8 bits it is half of that, which is taken.
        png.replaceSubrange(16..<26, with: [0, 0, 0x22, 0xC4, 0, 0, 0x22, 0xC4, 16, 6])
        let refusal = #expect(throws: PictureFile.Refusal.self) { try PictureFile.header(of: png) }
        #expect(refusal?.description.contains("8900 × 8900 pixels of 8 bytes") == true)
        png[24] = 8
        #expect(try PictureFile.header(of: png).pixelBytes == 4)
    }

    @Test("what is no picture, or a torn one, is refused and nothing crashes")
    func garbage() throws {
        #expect(throws: PictureFile.Refusal.self) {
            try PictureReader.picture(Array("hello".utf8), covering: (160, 90))
        }
        for name in ["a.jpg", "a.png", "a.webp", "a.heic", "a.avif"] {
            let bytes = try picture(name)
            if name.hasPrefix("a.h") || name.hasPrefix("a.a") { try harm(bytes) }
            for count in stride(from: 0, to: min(bytes.count, 400), by: 7) {
                _ = try? PictureReader.picture(Array(bytes.prefix(count)), covering: (160, 90))
            }
        }
    }

    /// Numbers in the boxes of a phone's picture are changed one after the other.
    private func harm(_ bytes: [UInt8]) throws {
        for place in stride(from: 0, to: min(bytes.count, 500), by: 3) {
            for value in [0, 0x7F, 0xFF] as [UInt8] {
                var mutant = bytes
                mutant[place] = value
                do { _ = try PictureReader.picture(mutant, covering: (160, 90)) } catch is PictureFile.Refusal {}
            }
        }
    }
}
