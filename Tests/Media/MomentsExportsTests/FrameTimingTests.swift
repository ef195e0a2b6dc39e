import MomentsCore
import MomentsExports
import Testing

@Suite("the timing of frames")
struct FrameTimingTests {
    private static let milliseconds = Rational(1, 1000)

    @Test("a steady rate on a clock of milliseconds is steady")
    func rounding() {
        let times = (0..<300).map { Int64((Double($0) * 1001 / 30).rounded()) }
        let timing = FrameTiming(times: times.reversed(), keyframeTimes: [0, 5005], base: Self.milliseconds)
        #expect(!timing.isVariable)
        #expect(timing.frames == 300)
        #expect(timing.keyframes == 2)
        #expect(timing.keyframeInterval?.longest == 5.005)
        #expect(timing.interval?.shortest == 0.033)
        #expect(timing.interval?.longest == 0.034)
    }

    @Test("a lost frame does not make a recording variable")
    func lostFrame() {
        let times = (0..<300).filter { $0 != 100 }.map { Int64($0 * 40) }
        #expect(!FrameTiming(times: times, keyframeTimes: [], base: Self.milliseconds).isVariable)
    }

    @Test("a rate that changes is variable")
    func variable() {
        var times: [Int64] = []
        for index in 0..<50 { times.append(Int64(index * 200)) }
        for index in 0..<300 { times.append(Int64(10_000 + index * 16)) }
        #expect(FrameTiming(times: times, keyframeTimes: [], base: Self.milliseconds).isVariable)
    }

    @Test("one frame has no interval", arguments: [[], [7]] as [[Int64]])
    func few(times: [Int64]) {
        let timing = FrameTiming(times: times, keyframeTimes: times, base: Self.milliseconds)
        #expect(timing.interval == nil)
        #expect(!timing.isVariable)
    }
}
