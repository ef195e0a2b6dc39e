internal import MomentsCore
internal import Testing

@Suite("exact time")
struct MediaTimeTests {
    @Test("the same moment on different timescales is equal and hashes alike")
    func equality() {
        let first = MediaTime(ticks: 1001, timescale: 30_000)
        let second = MediaTime(ticks: 3003, timescale: 90_000)
        #expect(first == second)
        #expect(first.hashValue == second.hashValue)
        #expect(MediaTime(ticks: 1, timescale: 3) < MediaTime(ticks: 334, timescale: 1000))
    }

    @Test("a million NTSC frames add up without drift")
    func sum() {
        let frame = MediaTime(ticks: 1001, timescale: 30_000)
        var total = MediaTime.zero
        for _ in 0..<100_000 { total = total + frame }
        #expect(total == MediaTime(ticks: 100_000 * 1001, timescale: 30_000))
    }

    @Test("sums across time bases are exact", arguments: [(1001, 24_000, 1, 48_000), (1, 90_000, 1, 44_100)])
    func mixed(_ values: (Int64, Int64, Int64, Int64)) {
        let sum =
            MediaTime(ticks: values.0, timescale: values.1) + MediaTime(ticks: values.2, timescale: values.3)
        let numerator = values.0 * values.3 + values.2 * values.1
        #expect(sum == MediaTime(ticks: numerator, timescale: values.1 * values.3))
    }

    @Test(
        "conversion rounds to the nearest tick, halves away from zero",
        arguments: [(1, 2, 1, 1), (-1, 2, 1, -1), (1, 3, 1, 0), (2, 3, 1, 1), (5, 2, 1, 3)]
            as [(Int64, Int64, Int64, Int64)]
    )
    func rounding(_ values: (Int64, Int64, Int64, Int64)) {
        let time = MediaTime(ticks: values.0, timescale: values.1)
        #expect(time.timestamp(in: Rational(1, values.2)) == values.3)
    }

    @Test("absurd timestamps are held at the ends instead of trapping")
    func extremes() {
        let far = MediaTime(timestamp: .max, base: Rational(1001, 30_000))
        #expect(far > MediaTime(seconds: 1e9))
        #expect((far + far) > .zero)
        #expect(MediaTime(timestamp: .min, base: Rational(1, 1000)).timestamp(in: Rational(1, 1_000_000)) < 0)
        #expect(MediaTime(seconds: .nan) == .zero)
        #expect(MediaTime(seconds: .infinity) == .zero)
    }

    @Test("a range is half-open, and two ranges share what both contain")
    func ranges() {
        let first = TimeRange(start: .zero, end: MediaTime(ticks: 10, timescale: 1))
        let second = TimeRange(start: MediaTime(ticks: 10, timescale: 1), end: MediaTime(ticks: 20, timescale: 1))
        #expect(first.contains(.zero))
        #expect(!first.contains(second.start))
        #expect(first.intersection(second) == nil)
        #expect(TimeRange(start: second.end, end: .zero).duration == .zero)
    }

    @Test("fractions are kept in lowest terms with a positive denominator")
    func fractions() {
        #expect(Rational(50, -2) == Rational(-25, 1))
        #expect(Rational(60_000, 2002).description == "30000/1001")
        #expect(Rational(text: "30000/1001") == Rational(30_000, 1001))
        #expect(Rational(text: "25") == Rational(25, 1))
        #expect(Rational(text: "x/1") == nil)
        #expect(Rational(1, 0) == .unknown)
        #expect(Rational(.min, 1) == .unknown)
    }
}
