import MomentsCore
import Testing

@Suite("pictures in memory")
struct BitmapTests {
    /// Three by two pixels, told apart by their red.
    private let picture = Bitmap(width: 3, height: 2, bytes: (1...6).flatMap { [UInt8($0), 0, 0, 255] })

    private func reds(_ bitmap: Bitmap) -> [UInt8] {
        stride(from: 0, to: bitmap.bytes.count, by: 4).map { bitmap.bytes[$0] }
    }

    @Test("turning and mirroring move pixels, and lose none")
    func turned() {
        #expect(reds(picture.turned(quarters: 1)) == [4, 1, 5, 2, 6, 3])
        #expect(reds(picture.turned(quarters: 2)) == [6, 5, 4, 3, 2, 1])
        #expect(reds(picture.turned(quarters: 3)) == [3, 6, 2, 5, 1, 4])
        #expect(picture.turned(quarters: -1) == picture.turned(quarters: 3))
        #expect(reds(picture.mirrored()) == [3, 2, 1, 6, 5, 4])
        #expect(picture.turned(quarters: 1).turned(quarters: 3) == picture)
        #expect(reds(picture.rows(1..<2)) == [4, 5, 6])
    }

    @Test("scaling keeps a plain colour as it is, and means what it makes smaller")
    func scaled() {
        let plain = Bitmap(width: 7, height: 5, filledWith: (10, 20, 30, 40))
        for (width, height) in [(3, 2), (14, 10), (1, 1), (7, 5)] {
            #expect(
                plain.scaled(width: width, height: height)
                    == Bitmap(width: width, height: height, filledWith: (10, 20, 30, 40))
            )
        }
        let halves = Bitmap(width: 2, height: 1, bytes: [0, 0, 0, 255, 200, 0, 0, 255])
        #expect(halves.scaled(width: 1, height: 1)[0, 0].red == 100)
    }

    @Test("what is left of a segment without others")
    func rest() {
        func range(_ start: Int64, _ end: Int64) -> TimeRange {
            TimeRange(start: MediaTime(ticks: start, timescale: 1), end: MediaTime(ticks: end, timescale: 1))
        }
        #expect(range(0, 10).without([]) == [range(0, 10)])
        #expect(
            range(0, 10).without([range(6, 7), range(2, 4), range(3, 5)]) == [range(0, 2), range(5, 6), range(7, 10)]
        )
        #expect(range(0, 10).without([range(0, 3), range(9, 20)]) == [range(3, 9)])
        #expect(range(0, 10).without([range(-5, 20)]).isEmpty)
    }
}
