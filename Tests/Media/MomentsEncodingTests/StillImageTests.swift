internal import MomentsEncoding
internal import Testing

@Suite("small pictures")
struct StillImageTests {
    private static func ramp(_ width: Int, _ height: Int) -> StillImage {
        let luma = (0..<width * height).map { UInt8(16 + $0 % width * 200 / width) }
        let chroma = (0..<width * height / 4).map { UInt8(100 + $0 % 50) }
        return StillImage(width: width, height: height, luma: luma, cb: chroma, cr: chroma.reversed())
    }

    @Test("half the size has the means of squares", arguments: [(8, 4), (10, 6), (6, 2)])
    func halved(width: Int, height: Int) {
        let picture = Self.ramp(width, height)
        let half = picture.halved()
        #expect((half.width, half.height) == (max(2, width / 4 * 2), max(2, height / 4 * 2)))
        let expected = (Int(picture.luma[0]) + Int(picture.luma[1])) * (height > 2 ? 2 : 2)
        #expect(Int(half.luma[0]) == (expected + 2) / 4)
    }

    @Test("what is laid in stands where it was put, and nothing else changes")
    func laid() {
        var sheet = StillImage(width: 16, height: 8, grey: 50)
        sheet.lay(StillImage(width: 4, height: 2, grey: 200), atX: 6, y: 4)
        for y in 0..<8 {
            for x in 0..<16 {
                #expect(sheet.luma[y * 16 + x] == ((6..<10).contains(x) && (4..<6).contains(y) ? 200 : 50))
            }
        }
    }

    @Test("what is kept comes out as it was put in, but for the coding", arguments: [(320, 180), (90, 160), (2, 2)])
    func kept(width: Int, height: Int) throws {
        let store = try FrameStore()
        let picture = Self.ramp(width, height)
        for _ in 0..<2 {
            let back = try FrameStore.picture(from: try store.bytes(of: picture))
            #expect((back.width, back.height) == (width, height))
            let worst = zip(picture.luma, back.luma).map { abs(Int($0) - Int($1)) }.max() ?? 255
            #expect(worst <= 6)
        }
    }

    @Test("bytes that hold no picture are refused", arguments: [[], [0xFF, 0xD8], [UInt8](repeating: 7, count: 4000)])
    func damaged(bytes: [UInt8]) { #expect(throws: (any Error).self) { try FrameStore.picture(from: bytes) } }
}
