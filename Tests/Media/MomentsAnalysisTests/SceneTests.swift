import MomentsAnalysis
import MomentsCore
import Testing

@Suite("finding scenes")
struct SceneTests {
    let places = (1...8).map { Film.Place(UInt64($0)) }

    /// A scene with a slow pan, as from a hand.
    private func shot(_ place: Int, _ count: Int) -> [Film.Frame] {
        (0..<count).map { Film.Frame(places[place], x: $0 / 3, y: 4 + $0 % 2) }
    }

    @Test("hard cuts are found on their frame, in scenes of six frames too")
    func hardCuts() {
        let lengths = [20, 6, 6, 7, 30, 6, 12]
        let frames = lengths.enumerated().flatMap { shot($0, $1) }
        let expected = lengths.dropLast().reduce(into: [Int]()) { $0.append(($0.last ?? 0) + $1) }
        #expect(Film.cuts(frames) == expected)
    }

    @Test("a cut between dark scenes is a cut")
    func darkCut() {
        let (one, other) = (Film.Place(21, contrast: 0.12), Film.Place(22, contrast: 0.12))
        let frames = (0..<24).map { Film.Frame($0 < 12 ? one : other, light: -90) }
        #expect(Film.cuts(frames) == [12])
    }

    @Test("a flash is no cut", arguments: 1...4)
    func flash(length: Int) {
        var frames = shot(0, 40)
        for index in 20..<20 + length {
            frames[index] = frames[index].blended(with: .init(plain: 235), 0.9)
        }
        #expect(Film.cuts(frames) == [])
    }

    @Test("a change of light is no cut")
    func light() {
        let frames = (0..<40).map { Film.Frame(places[1], x: $0 / 4, light: (15..<28).contains($0) ? 45 : 0) }
        #expect(Film.cuts(frames) == [])
    }

    @Test("a whip pan is no cut")
    func whipPan() {
        let frames = (0..<40).map { Film.Frame(places[2], x: min(max(0, $0 - 15), 10) * 8) }
        #expect(Film.cuts(frames) == [])
    }

    @Test("a shaking camera makes no cuts")
    func shake() {
        let frames = (0..<40).map { Film.Frame(places[3], x: 20 + $0 * 7 % 11, y: 10 + $0 * 5 % 9) }
        #expect(Film.cuts(frames) == [])
    }

    @Test("a dissolve is one boundary inside it")
    func dissolve() throws {
        let (one, other) = (Film.Frame(places[4]), Film.Frame(places[5]))
        let frames = (0..<100).map { one.blended(with: other, min(max(Double($0 - 38) / 24, 0), 1)) }
        let scenes = try #require(Film.watch(frames)).scenes
        try #require(scenes.count == 2)
        #expect(scenes[1].transition == .dissolve)
        #expect((40...60).contains(scenes[1].startFrame))
        let mixed = try #require(scenes[1].mixedStart)
        #expect(mixed.contains(scenes[1].start))
    }

    @Test("a fade through black is one boundary")
    func fade() throws {
        let (one, other, black) = (Film.Frame(places[6]), Film.Frame(places[7]), Film.Frame(plain: 16))
        let frames = (0..<110).map { index -> Film.Frame in
            index < 55
                ? one.blended(with: black, min(max(Double(index - 34) / 20, 0), 1))
                : black.blended(with: other, min(max(Double(index - 55) / 20, 0), 1))
        }
        let scenes = try #require(Film.watch(frames)).scenes
        try #require(scenes.count == 2)
        #expect(scenes[1].transition == .fade)
        #expect((34...75).contains(scenes[1].startFrame))
    }

    @Test("a wipe is one boundary inside it")
    func wipe() throws {
        let (one, other) = (Film.Frame(places[0]), Film.Frame(places[7]))
        let frames = (0..<90).map { one.wiped(by: other, min(max(Double($0 - 38) / 16, 0), 1)) }
        let scenes = try #require(Film.watch(frames)).scenes
        try #require(scenes.count == 2)
        #expect(scenes[1].transition == .wipe)
        #expect((36...56).contains(scenes[1].startFrame))
    }

    @Test("scenes of a variable frame rate start on exact frame times and leave no gap")
    func variableRate() throws {
        let frames = shot(0, 15) + shot(1, 15) + shot(2, 15)
        var ticks: Int64 = 0
        let times = frames.indices.map { index -> MediaTime in
            defer { ticks += [1501, 3003, 6006, 3754][index % 4] }
            return MediaTime(ticks: ticks, timescale: 90_000)
        }
        let signals = try #require(Film.watch(frames, times: times))
        #expect(signals.scenes.map(\.startFrame) == [0, 15, 30])
        #expect(signals.scenes.map(\.start) == [times[0], times[15], times[30]])
        #expect(
            zip(signals.scenes, signals.scenes.dropFirst()).allSatisfy {
                $0.end == $1.start && $0.endFrame == $1.startFrame
            }
        )
        #expect(signals.scenes.last?.end == signals.frames.end)
    }

    @Test("no frame gives no signals, one frame one scene")
    func fewFrames() throws {
        #expect(Film.watch([]) == nil)
        let signals = try #require(Film.watch([Film.Frame(places[0])]))
        #expect(signals.scenes.count == 1)
        #expect(signals.scenes[0].endFrame == 1)
    }
}
