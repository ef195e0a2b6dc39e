import MomentsBench
import Testing

@Suite("scoring a poster against the times a person found good")
struct JudgedPosterTests {
    private let truth = JudgedTruth(
        duration: 100,
        events: [.init(Span(10, 20), weight: 5)],
        posters: .init(good: [12, 13, 50], bad: [15, 12.2])
    )

    private func result(at time: Double?) -> JudgedPoster? {
        let reel = JudgedReel([Span(10, 20), Span(60, 70)], posterTime: time)
        return JudgedResult(of: reel, against: truth, draws: 1).poster
    }

    @Test("within a second of a good time it is good, within half a second of a bad one bad, and it may be both")
    func near() throws {
        let good = try #require(result(at: 13.6))
        #expect(good.isGood && !good.isBad && good.isNearer)
        let both = try #require(result(at: 12.15))
        #expect(both.isGood && both.isBad && !both.isNearer)
        let neither = try #require(result(at: 14.2))
        #expect(!neither.isGood && !neither.isBad && !neither.isNearer)
    }

    @Test("chance is the share of the reel that lies as near")
    func chance() throws {
        let poster = try #require(result(at: 30))
        // 11–14 of the two shots' 20 s; 11.7–12.7 and 14.5–15.5.
        #expect(abs(poster.goodByChance - 3.0 / 20) < 1e-9)
        #expect(abs(poster.badByChance - 2.0 / 20) < 1e-9)
    }

    @Test("nothing is said of a poster of which nobody knows when it is, or what would be a good one")
    func unknown() {
        #expect(result(at: nil) == nil)
        let nobody = JudgedTruth(duration: 100, events: [])
        let reel = JudgedReel([Span(0, 5)], posterTime: 1)
        #expect(JudgedResult(of: reel, against: nobody, draws: 1).poster == nil)
    }

    @Test("means are over the posters that are known")
    func means() throws {
        let times: [Double?] = [13.6, 12.15, 14.2, nil]
        let results = times.map { time in
            JudgedResult(of: JudgedReel([Span(10, 20), Span(60, 70)], posterTime: time), against: truth, draws: 1)
        }
        let posters = try #require(JudgedSummary(of: results).posters)
        #expect(posters.clips == 3)
        #expect(abs(posters.good - 2.0 / 3) < 1e-9)
        #expect(abs(posters.nearer - 1.0 / 3) < 1e-9)
        #expect(abs(posters.bad - 1.0 / 3) < 1e-9)
        #expect(abs(posters.goodByChance - 0.15) < 1e-9)
        #expect(JudgedSummary(of: Array(results.suffix(1))).posters == nil)
    }
}
