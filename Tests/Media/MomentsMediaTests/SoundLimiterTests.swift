internal import MomentsMedia
internal import Testing

@Suite("limiting sound")
struct SoundLimiterTests {
    func limit(_ samples: [Float], in piece: Int, peak: Double) throws -> [Float] {
        let limiter = try SoundLimiter(rate: 48_000, channels: 1, peak: peak)
        var result: [Float] = []
        for start in stride(from: 0, to: samples.count, by: piece) {
            result += try limiter.process(Array(samples[start..<min(samples.count, start + piece)]))
        }
        return result + (try limiter.finish())
    }

    @Test("as many samples come out as go in, at their own times", arguments: [100, 4800, 48_000])
    func alignment(_ piece: Int) throws {
        var samples = [Float](repeating: 0, count: 30_001)
        for place in [5000, 12_345, 29_900] { samples[place] = 0.3 }
        let result = try limit(samples, in: piece, peak: 0.75)
        #expect(result.count == samples.count)
        for place in [5000, 12_345, 29_900] {
            let around = result[place - 50...min(place + 50, result.count - 1)]
            #expect(around.indices.max { abs(around[$0]) < abs(around[$1]) } == place)
        }
    }

    @Test("nothing passes the peak, quiet sound passes unchanged")
    func peak() throws {
        let loud = (0..<24_000).map { index in 1.5 * (index % 97 < 48 ? Float(1) : -1) }
        #expect(try limit(loud, in: 4800, peak: 0.5).dropFirst(500).allSatisfy { abs($0) < 0.62 })
        let quiet = loud.map { $0 * 0.01 }
        let passed = try limit(quiet, in: 4800, peak: 0.5)
        let power = passed.reduce(0) { $0 + $1 * $1 } / quiet.reduce(0) { $0 + $1 * $1 }
        #expect(abs(power - 1) < 0.05)
    }
}
