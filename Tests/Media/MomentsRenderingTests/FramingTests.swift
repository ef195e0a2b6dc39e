import MomentsAnalysis
import MomentsCore
import MomentsEncoding
import MomentsRendering
import Testing

@Suite("frames that follow somebody")
struct FramingTests {
    /// The window of 9:16 over 16:9.
    private static let planner = FramingPlanner(width: 81.0 / 256, height: 1)

    private static func time(_ seconds: Double) -> MediaTime { MediaTime(seconds: seconds) }

    private static func track(
        _ id: Int,
        kind: ModelKind = .people,
        size: Double = 0.1,
        from start: Double = 0,
        to end: Double = 10,
        _ x: (Double) -> Double
    ) -> SubjectTrack {
        let times = stride(from: start, through: end, by: 0.25)
        let points = times.map { second in
            SubjectTrack.Point(
                time: time(second),
                box: Box(x: x(second) - size / 2, y: 0.4, width: size, height: 2 * size),
                confidence: 0.9
            )
        }
        return SubjectTrack(id: id, kind: kind, name: kind == .faces ? "face" : "person", points: points)
    }

    private static func path(_ tracks: [SubjectTrack], cuts: [Double] = [], seconds: Double = 10) -> CropPath {
        let shot = TimeRange(start: .zero, end: time(seconds))
        return planner.path(of: shot, cuts: cuts.map { time($0) }, tracks: tracks)
    }

    private static func places(_ path: CropPath, from: Double = 0, to: Double = 10) -> [Double] {
        stride(from: from, to: to, by: 0.04).map { path.place(at: $0).x }
    }

    @Test("the window stays still while a subject only stirs, and in the middle where there is none")
    func still() {
        let stirring = Self.places(
            Self.path([Self.track(1) { 0.3 + 0.02 * ($0.truncatingRemainder(dividingBy: 2) - 1) }])
        )
        #expect((stirring.max() ?? 1) - (stirring.min() ?? 0) < 1e-9)
        #expect(abs(stirring[0] - 0.3) < 0.03)
        #expect(Self.places(Self.path([])).allSatisfy { $0 == 0.5 })
    }

    @Test("it follows one that walks, never past the picture, with the subject in it, at a bearable speed and jerk")
    func walking() {
        let walk: (Double) -> Double = { 0.08 + 0.084 * $0 }
        let path = Self.path([Self.track(1, walk)])
        let places = Self.places(path)
        for (index, x) in places.enumerated() {
            let subject = walk(Double(index) * 0.04)
            #expect(x >= 81.0 / 512 - 1e-9 && x <= 1 - 81.0 / 512 + 1e-9)
            #expect(abs(x - subject) < 81.0 / 512 - 0.03, "\(index): \(x) \(subject)")
        }
        let speeds = zip(places, places.dropFirst()).map { ($1 - $0) / 0.04 }
        #expect((speeds.map { abs($0) }.max() ?? 9) < 0.36)
        let changes = zip(speeds, speeds.dropFirst()).map { abs($1 - $0) / 0.04 }
        #expect((changes.max() ?? 9) < 1.5)
    }

    @Test("at a cut it jumps, and does not begin to move before it")
    func cuts() {
        let path = Self.path([Self.track(1, to: 4.75) { _ in 0.25 }, Self.track(2, from: 5) { _ in 0.75 }], cuts: [5])
        #expect(Self.places(path, to: 4.99).allSatisfy { abs($0 - 0.25) < 1e-9 })
        #expect(Self.places(path, from: 5).allSatisfy { abs($0 - 0.75) < 1e-9 })
        // Without a cut it moves, and not faster than is bearable.
        let moving = Self.places(
            Self.path([Self.track(1, to: 4.75) { _ in 0.25 }, Self.track(2, from: 5) { _ in 0.75 }])
        )
        let speeds = zip(moving, moving.dropFirst()).map { abs($1 - $0) / 0.04 }
        #expect((speeds.max() ?? 9) < 0.36)
    }

    @Test("two who fit are both kept; of two who do not, the one that is seen larger and longer")
    func two() {
        let near = Self.places(Self.path([Self.track(1) { _ in 0.4 }, Self.track(2) { _ in 0.55 }]))
        #expect(near.allSatisfy { abs($0 - 0.475) < 1e-9 })
        let far = Self.places(Self.path([Self.track(1) { _ in 0.2 }, Self.track(2, size: 0.2) { _ in 0.8 }]))
        #expect(far.allSatisfy { abs($0 - 0.8) < 1e-9 })
        let face = Self.places(Self.path([Self.track(1, kind: .faces) { _ in 0.3 }, Self.track(2) { _ in 0.8 }]))
        #expect(face.allSatisfy { abs($0 - 0.3) < 1e-9 })
    }

    @Test("while the one it follows is lost, it goes by whoever else is found as large, if only once")
    func lost() {
        let main = Self.track(1, to: 3) { _ in 0.2 }
        func places(_ x: Double, _ size: Double, at second: Double) -> [Double] {
            Self.places(Self.path([main, Self.track(2, size: size, from: second, to: second) { _ in x }]))
        }
        #expect(abs(places(0.8, 0.1, at: 7)[200] - 0.8) < 0.02)
        #expect(abs(places(0.8, 0.1, at: 7)[50] - 0.2) < 0.02)
        // Somebody small far behind, or beside the one who is there, is none to follow.
        #expect(places(0.8, 0.05, at: 7).allSatisfy { abs($0 - 0.2) < 0.02 })
        #expect(places(0.8, 0.1, at: 3.5).allSatisfy { abs($0 - 0.2) < 0.02 })
    }

    @Test("of one who is wider than the window it shows the face")
    func close() {
        let body = Self.track(1, size: 0.6) { _ in 0.5 }
        let face = Self.track(2, kind: .faces, size: 0.08, from: 2, to: 8) { _ in 0.3 }
        #expect(Self.places(Self.path([body, face])).allSatisfy { abs($0 - 0.3) < 1e-9 })
        #expect(Self.places(Self.path([body])).allSatisfy { abs($0 - 0.5) < 1e-9 })
        // A face that is hardly seen beside somebody else's body does not lead.
        let glimpse = Self.track(3, kind: .faces, size: 0.04, from: 2, to: 3) { _ in 0.9 }
        #expect(Self.places(Self.path([body, glimpse])).allSatisfy { abs($0 - 0.5) < 1e-9 })
    }

    @Test("a window has even sides, and none is needed where the picture has the shape")
    func sides() throws {
        let portrait = try #require(ReelFraming.side(.portrait, (1920, 1080)))
        #expect(portrait.width == 608 && portrait.height == 1080)
        let screen = try #require(ReelFraming.side(.screen, (1080, 1920)))
        #expect(screen.width == 1080 && screen.height == 608)
        #expect(ReelFraming.side(.screen, (1920, 1080)) == nil && ReelFraming.side(.source, (1920, 1080)) == nil)
        #expect(ReelFraming.side(.screen, (854, 480)) == nil)
    }
}
