import MomentsCore
import Testing

@testable import MomentsAnalysis
@testable import MomentsSampling

@Suite("where cuts may hide in a video that is watched from end to end")
struct CutDoubtsTests {
    /// A minute of 25 frames a second, a keyframe every ten seconds.
    private static let frames = (0..<1500).map { number in
        CodedFrame(
            seconds: Double(number) / 25,
            number: number,
            size: 1000,
            kind: number % 250 == 0 ? .intra : .predicted,
            isKeyframe: number % 250 == 0
        )
    }

    private static func plans(_ doubts: [CutProposals.Doubt]) throws -> [SegmentPlan] {
        var times = FrameTimes(timescale: 25)
        for tick in 0..<1500 { times.append(MediaTime(ticks: Int64(tick), timescale: 25)) }
        times.finish(at: MediaTime(ticks: 1500, timescale: 25))
        return try CutDoubts.beside(doubts, SegmentPlanner(frames), times)
    }

    private static func doubt(_ watch: Range<Int>, weight: Float = 5) -> CutProposals.Doubt {
        .init(watch: watch, weight: weight)
    }

    @Test("all that is worth its cost is looked at, as long as that is less work than decoding all")
    func all() throws {
        let idle = Self.doubt(1490..<1499, weight: 0.01)
        let plans = try Self.plans([Self.doubt(250..<480), Self.doubt(500..<720), idle])
        #expect(plans.map(\.watch) == [250..<480, 500..<720])
        #expect(plans.reduce(0) { $0 + $1.cost(isComplete: true) } < 600)
    }

    @Test("where that would be more work, all of the video is to be decoded")
    func many() {
        let doubts = stride(from: 10, to: 1490, by: 50).map { Self.doubt($0..<$0 + 10) }
        #expect(throws: SparseRefusal.self) { try Self.plans(doubts) }
    }
}
