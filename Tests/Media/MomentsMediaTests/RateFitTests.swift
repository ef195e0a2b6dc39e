internal import MomentsCore
internal import MomentsMedia
internal import Testing

@Suite("the rate that sound tells")
struct RateFitTests {
    func rate(_ slope: Double, to end: Double = 20, behind: (Double) -> Double = { _ in 0 }) -> Rational? {
        var fit = RateFit()
        for place in 0..<Int(end * 25) {
            let time = Double(place) / 25
            fit.add(isVideo: true, position: Int64(place) * 1000, seconds: time * slope)
            fit.add(isVideo: false, position: Int64(place) * 1000 + 500, seconds: time + behind(time))
        }
        return fit.rate(named: Rational(30, 1))
    }

    @Test("pictures that drift evenly from their sound get the rate it tells, others keep theirs")
    func rates() {
        #expect(rate(25.0 / 30) == Rational(25, 1))
        #expect(rate(24_000.0 / 1001 / 30) == Rational(24_000, 1001))
        #expect(rate(1) == nil && rate(29.97 / 30) == nil)
        #expect(rate(25.0 / 30, to: 3) == nil)
        // Sound that breaks off, or comes in one piece at the end.
        #expect(rate(1) { $0 > 10 ? 10 - $0 : 0 } == nil)
        #expect(rate(1) { $0 < 15 ? -$0 : 0 } == nil)
    }
}
