import MomentsEncoding
import Testing

@Suite("what nobody shall recognize")
struct FrameCoverTests {
    private let trail = FrameCover.Trail([
        .init(1, .init(x: 0, y: 0.5, width: 0.1, height: 0.2)),
        .init(3, .init(x: 0.4, y: 0.5, width: 0.3, height: 0.2)),
    ])

    @Test("a cover goes evenly from one place to the next, and is nowhere before the first and behind the last")
    func moves() throws {
        let cover = FrameCover([trail])
        #expect(cover.areas(at: 0.99).isEmpty && cover.areas(at: 3.01).isEmpty)
        #expect(cover.areas(at: 1).map(\.x) == [0])
        let half = try #require(cover.areas(at: 2).first)
        #expect(abs(half.x - 0.2) < 1e-9 && abs(half.width - 0.2) < 1e-9 && half.y == 0.5)
        #expect(cover.areas(at: 3).map(\.x) == [0.4])
    }

    @Test("on another clock it is the same")
    func shifted() {
        let moved = FrameCover([trail], isFlat: true).shifted(by: 10)
        #expect(moved.areas(at: 2).isEmpty && moved.areas(at: 11).map(\.x) == [0])
        #expect(moved.isFlat)
    }
}
