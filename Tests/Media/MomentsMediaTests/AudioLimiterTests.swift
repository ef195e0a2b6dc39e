internal import Foundation
internal import MomentsMedia
internal import Testing

@Suite("limiting audio")
struct AudioLimiterTests {
    func limit(_ samples: [Float], in piece: Int, peak: Double) throws -> [Float] {
        let limiter = try AudioLimiter(rate: 48_000, channels: 1, peak: peak)
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

    @Test("nothing passes the peak, between the samples neither", arguments: [1, 3, 11.9, 47])
    func peak(_ period: Double) throws {
        // Bangs and loud tones in between, some of them between the samples.
        let loud = (0..<48_000).map { index in
            Float(index % 4801 == 0 ? 4 : (index / 3000).isMultiple(of: 2) ? 1.5 * sin(Double(index) / period) : 0.1)
        }
        let result = try limit(loud, in: 4800, peak: 0.5)
        guard var meter = LoudnessMeter(channels: 1, truePeak: true) else {
            Issue.record("no meter")
            return
        }
        meter.add(result.span)
        #expect(meter.peak < 0.52)
        #expect(result.contains { abs($0) > 0.4 })
    }

    @Test("quiet audio passes unchanged")
    func quiet() throws {
        let quiet = (0..<24_000).map { Float(0.3 * sin(Double($0) / 20)) }
        #expect(try limit(quiet, in: 4800, peak: 0.5) == quiet)
    }
}
