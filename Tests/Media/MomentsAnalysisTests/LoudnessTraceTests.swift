import MomentsAnalysis
import Testing

@Suite("the same moment by its sound")
struct LoudnessTraceTests {
    /// Bangs of all kinds at times that nothing repeats, as samples at the trace's rate.
    private static func sound(seconds: Int, seed: UInt64) -> [Float] {
        var state = seed
        func random() -> Float {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(state >> 40) / Float(1 << 24)
        }
        var (samples, level) = ([Float](), Float(0))
        for index in 0..<seconds * LoudnessTrace.sampleRate {
            if index % 80 == 0, random() < 0.04 { level = 0.05 + random() }
            level *= 0.9995
            samples.append((random() - 0.5) * (level + 0.01))
        }
        return samples
    }

    private static func trace(_ samples: some Collection<Float>) -> LoudnessTrace {
        var trace = LoudnessTrace()
        trace.add(Array(samples))
        return trace
    }

    @Test("another recording is laid over the first to a hundredth, quieter and with other noise too")
    func offset() throws {
        let whole = Self.sound(seconds: 60, seed: 1)
        let noise = Self.sound(seconds: 60, seed: 99)
        let first = Self.trace(whole[..<(40 * LoudnessTrace.sampleRate)])
        let start = 12 * LoudnessTrace.sampleRate + 4000
        let second = Self.trace(zip(whole[start...], noise[start...]).map { 0.2 * $0 + 0.02 * $1 })
        let found = try #require(first.offset(of: second))
        #expect(abs(found - 12.5) <= 0.011)
        let back = try #require(second.offset(of: first))
        #expect(abs(back + 12.5) <= 0.011)
    }

    @Test("what is not the same moment is not laid over it")
    func others() {
        let one = Self.trace(Self.sound(seconds: 30, seed: 3))
        #expect(one.offset(of: Self.trace(Self.sound(seconds: 30, seed: 4))) == nil)
        #expect(one.offset(of: Self.trace([Float](repeating: 0, count: 30 * LoudnessTrace.sampleRate))) == nil)
        #expect(one.offset(of: LoudnessTrace()) == nil)
    }
}
