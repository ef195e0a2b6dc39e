import MomentsMedia
import MomentsTestSupport
import Testing

@testable import MomentsSampling

@Suite("small frames")
struct PlanarFrameTests {
    /// 4 × 2: the rows 0 1 2 3 and 4 5 6 7.
    private static let frame = PlanarFrame(width: 4, height: 2, planes: [Array(0..<8), [1, 2], [3, 4]])

    @Test(
        "turning is clockwise, after mirroring",
        arguments: zip(
            [
                Orientation(rotation: 0, isMirrored: false), Orientation(rotation: 90, isMirrored: false),
                Orientation(rotation: 180, isMirrored: false), Orientation(rotation: 270, isMirrored: false),
                Orientation(rotation: 0, isMirrored: true), Orientation(rotation: 90, isMirrored: true),
            ],
            [
                [0, 1, 2, 3, 4, 5, 6, 7], [4, 0, 5, 1, 6, 2, 7, 3], [7, 6, 5, 4, 3, 2, 1, 0],
                [3, 7, 2, 6, 1, 5, 0, 4], [3, 2, 1, 0, 7, 6, 5, 4], [7, 3, 6, 2, 5, 1, 4, 0],
            ] as [[UInt8]]
        )
    )
    func turning(_ orientation: Orientation, _ luma: [UInt8]) {
        let turned = Self.frame.turned(orientation)
        #expect(turned.planes[0] == luma)
        #expect((turned.width, turned.height) == (orientation.swapsSides ? (2, 4) : (4, 2)))
        #expect(turned.planes[1].sorted() == [1, 2])
    }

    @Test(
        "black, white and the primaries of BT.709 have their colours",
        arguments: zip(
            [(16, 128, 128), (235, 128, 128), (63, 102, 240), (173, 42, 26), (32, 240, 118)] as [(UInt8, UInt8, UInt8)],
            [[0, 0, 0], [255, 255, 255], [255, 0, 0], [0, 255, 0], [0, 0, 255]]
        )
    )
    func colors(_ coded: (UInt8, UInt8, UInt8), _ expected: [Int]) {
        let planes = [[UInt8](repeating: coded.0, count: 4), [coded.1], [coded.2]]
        let rgb = PlanarFrame(width: 2, height: 2, planes: planes).rgb(matrix: "bt709")
        #expect(rgb.count == 12)
        for (index, value) in rgb.enumerated() { #expect(abs(Int(value) - expected[index % 3]) <= 2) }
    }

    @Test("a request is held within its bounds, and never enlarges a frame")
    func request() {
        #expect(FrameRequest(longSide: 1, framesPerMinute: .nan) == FrameRequest(longSide: 16, framesPerMinute: 0.1))
        #expect(FrameRequest(longSide: 9999, framesPerMinute: 1e9).longSide == 1920)
        #expect(FrameRequest(longSide: 320, framesPerMinute: 1).size(of: 1920, 1080) == (320, 180))
        #expect(FrameRequest(longSide: 320, framesPerMinute: 1).size(of: 160, 90) == (160, 90))
        #expect(FrameRequest(longSide: 320, framesPerMinute: 1).size(of: 1, 9000) == (2, 320))
    }
}
