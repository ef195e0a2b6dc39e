import MomentsAnalysis
import MomentsCore
import Testing

@Suite("curves of the frame")
struct CurveTests {
    let place = Film.Place(3)

    private func middle(_ curve: [Float]) -> Float { curve[curve.count / 2] }

    @Test("a thing that moves is subject motion, a pan is camera motion")
    func motion() throws {
        let thing = Film.Place(9)
        let moving = try #require(
            Film.watch((0..<50).map { Film.Frame(place).with(thing, x: $0 * 20 % 40, y: 8, side: 20) })
        )
        let panned = try #require(Film.watch((0..<50).map { Film.Frame(place, x: $0) }))
        let still = try #require(Film.watch((0..<50).map { _ in Film.Frame(place) }))
        #expect(middle(moving.visual.subject) > 0.1)
        #expect(middle(moving.visual.subject) > 2 * middle(panned.visual.subject))
        #expect(middle(panned.visual.camera) > 0.2)
        #expect(middle(still.visual.camera) == 0)
        #expect(middle(still.visual.subject) == 0)
        #expect(middle(still.visual.change) == 0)
    }

    @Test("a steady pan does not shake, a trembling hand does")
    func shake() throws {
        let steady = try #require(Film.watch((0..<50).map { Film.Frame(place, x: $0) }))
        let trembling = try #require(Film.watch((0..<50).map { Film.Frame(place, x: 20 + $0 % 2 * 4) }))
        #expect(middle(trembling.visual.shake) > 3)
        #expect(middle(steady.visual.shake) < 1)
    }

    @Test("black and plain frames are blank, others are not")
    func blank() throws {
        let frames = (0..<30).map { index in
            index < 10 ? Film.Frame(plain: 16) : index < 20 ? Film.Frame(place) : Film.Frame(plain: 235)
        }
        let visual = try #require(Film.watch(frames)).visual
        #expect(visual.isBlank(0))
        #expect(!visual.isBlank(3))
        #expect(visual.isBlank(5))
        #expect(visual.dark[0] > 0.97)
        #expect(visual.bright[5] > 0.97)
    }

    @Test("a blurred frame is less sharp")
    func sharpness() throws {
        let sharp = Film.Frame(place)
        var blurred = sharp
        let width = Film.size.width
        for _ in 0..<3 {
            let from = blurred.luma
            for index in width + 1..<from.count - width - 1 {
                let sum =
                    Int(from[index - 1]) + Int(from[index + 1]) + Int(from[index - width]) + Int(from[index + width])
                blurred.luma[index] = UInt8(sum / 4)
            }
        }
        let (one, other) = (try #require(Film.watch([sharp])), try #require(Film.watch([blurred])))
        #expect(one.visual.sharpness[0] > 1.5 * other.visual.sharpness[0])
    }

    @Test("looks resemble themselves mirrored, zoomed and in another light, and not another place")
    func similarity() throws {
        let one = Film.Frame(place)
        var mirrored = one
        for index in one.luma.indices {
            let (x, y) = (index % Film.size.width, index / Film.size.width)
            mirrored.luma[index] = one.luma[y * Film.size.width + Film.size.width - 1 - x]
        }
        var graded = one
        for index in one.luma.indices {
            graded.luma[index] = UInt8(clamping: (Int(one.luma[index]) - 120) * 6 / 5 + 140)
        }
        let frames = [one, mirrored, graded, Film.Frame(Film.Place(77))]
        let appearance = try #require(Film.watch(frames.flatMap { [Film.Frame](repeating: $0, count: 10) })).appearance
        #expect(appearance.count == 4)
        let sights = Sights(appearance)
        let sight = sights.sight(0)
        #expect(sights.similarity(sight, 1) > 0.95)
        #expect(sights.similarity(sight, 2) > 0.95)
        #expect(sights.similarity(sight, 3) < 0.6)
    }

    @Test("curves cover the whole duration, also where one frame stands for seconds")
    func longFrame() throws {
        let times = [0, 1, 2, 150].map { MediaTime(ticks: $0, timescale: 25) }
        let signals = try #require(Film.watch([Film.Frame](repeating: Film.Frame(place), count: 4), times: times))
        #expect(signals.visual.count == 31)
        #expect(signals.visual.brightness.allSatisfy { $0 > 60 })
        #expect(signals.appearance.count == 16)
    }

    @Test("signals survive being written and read")
    func coding() throws {
        let signals = try #require(Film.watch((0..<20).map { Film.Frame(place, x: $0) }))
        let data = try MomentsJSON.line(signals)
        #expect(try MomentsJSON.decode(Signals.self, from: data) == signals)
    }

    @Test(
        "the analysis keeps the aspect in sides of sixteens",
        arguments: [
            (1920, 1080, 192, 112), (1080, 1920, 112, 192), (640, 480, 192, 144), (1280, 40, 192, 32),
            (16, 16, 192, 192),
        ]
    )
    func sizes(width: Int, height: Int, wantedWidth: Int, wantedHeight: Int) {
        let size = AnalysisSize(fitting: width, height)
        #expect(size == AnalysisSize(width: wantedWidth, height: wantedHeight))
    }

    @Test("frame times are found by halving and never fall back")
    func times() {
        var times = FrameTimes(timescale: 1000)
        for tick in [0, 40, 80, 80, 60, 200] { times.append(MediaTime(ticks: Int64(tick), timescale: 1000)) }
        times.finish(at: MediaTime(ticks: 240, timescale: 1000))
        #expect(times.ticks == [0, 40, 80, 81, 82, 200])
        #expect(times.index(at: MediaTime(ticks: 79, timescale: 1000)) == 1)
        #expect(times.index(at: MediaTime(ticks: -5, timescale: 1000)) == 0)
        #expect(times.index(at: MediaTime(ticks: 999, timescale: 1000)) == 5)
        #expect(times.firstIndex(notBefore: MediaTime(ticks: 41, timescale: 1000)) == 2)
        #expect(times.firstIndex(notBefore: MediaTime(ticks: 201, timescale: 1000)) == 6)
        #expect(times[6] == MediaTime(ticks: 240, timescale: 1000))
    }
}
