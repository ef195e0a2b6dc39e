import MomentsBench
import Testing

@Suite("what one plain figure chooses")
struct NaiveChoiceTests {
    @Test("a picture's figure is its mean difference from the one before")
    func motion() {
        let size = NaiveChoice.width * NaiveChoice.height
        let pictures = ([10, 10, 14, 4] as [UInt8]).map { [UInt8](repeating: $0, count: size) }
        let grey = Array(pictures.joined()) + [9, 9]
        #expect(NaiveChoice.motion(of: grey) == [0, 0, 4, 10])
        #expect(NaiveChoice.motion(of: []) == [0])
    }

    @Test("loudness is the logarithm of the root mean square, and nothing where there is no sound")
    func loudness() {
        // A fifth of a second of 999 up and down, then a rest of 99.
        let loud = Array([[UInt8]](repeating: [0xe7, 0x03, 0x19, 0xfc], count: 800).joined())
        let levels = NaiveChoice.loudness(of: loud + [99, 0, 99, 0], count: 4)
        #expect(levels.count == 4)
        #expect(abs(levels[0] - 3) < 1e-12 && abs(levels[1] - 2) < 1e-12)
        #expect(levels[2...] == [0, 0])
        #expect(NaiveChoice.loudness(of: loud, count: 0).isEmpty)
    }

    @Test("the best window of three seconds comes first, none over another, of equal ones the first")
    func windows() {
        var series = [Double](repeating: 0, count: 100)
        series[50] = 9
        series[80] = 5
        let reel = NaiveChoice.reel(by: series, target: 6, duration: 20)
        // The earliest windows that hold the peaks: 36–50 and 66–80.
        #expect(reel.shots.count == 2)
        #expect(abs(reel.shots[0].start - 7.2) < 1e-9 && abs(reel.shots[0].end - 10.2) < 1e-9)
        #expect(abs(reel.shots[1].start - 13.2) < 1e-9)
        #expect(abs((reel.seconds ?? 0) - 6) < 1e-9)
        #expect(reel.target == 6)
    }

    @Test("a rest of less than a window is used down to a second, and the clip's end ends the reel")
    func rest() {
        let reel = NaiveChoice.reel(by: [Double](repeating: 1, count: 30), target: 4.2, duration: 4)
        #expect(reel.shots.map(\.start) == [0, 3])
        #expect(reel.shots.last?.end == 4)
        #expect(NaiveChoice.reel(by: [Double](repeating: 1, count: 30), target: 3.9, duration: 6).shots.count == 1)
        let all = NaiveChoice.reel(by: [0, 0, 0], target: 3, duration: 0.6)
        #expect(all.shots == [Span(0, 0.6)])
    }

    @Test("a detector's lines are frame numbers or seconds, in any order; the first scene's start is none")
    func starts() throws {
        let frames = [0, 0.04, 0.08, 0.12]
        let numbers = try #require(SceneStarts("0\n3\n\n1\n"))
        #expect(numbers.needFrameTimes)
        #expect(numbers.seconds(frames: frames) == [0.04, 0.12])
        let seconds = try #require(SceneStarts("0.0\r\n12.5\n 3.25 \n"))
        #expect(!seconds.needFrameTimes)
        #expect(seconds.seconds(frames: []) == [3.25, 12.5])
        #expect(try #require(SceneStarts("")).seconds(frames: []) == [])
        #expect(numbers.seconds(frames: [0, 0.04]) == nil)
        for wrong in ["scene 4", "-1", "00:00:04", "1e3", "nan"] { #expect(SceneStarts(wrong) == nil, "\(wrong)") }
    }
}
