import MomentsCore
import MomentsMedia
import MomentsSampling
import MomentsTestSupport
import Testing

@Suite("choosing which frames are decoded", .scratchFolder, .timeLimit(.minutes(5)))
struct SamplerTests {
    private func run(_ path: FilePath) throws -> SamplingResult {
        let source = try SourceProbe.open(path, interrupt: Interrupt())
        return try Sampler(source, interrupt: Interrupt()).run(.auto, progress: { _ in }) { _ in
            ReelProposal(shots: [], nearMisses: [])
        }
    }

    @Test(
        "where keyframes or lengths tell nothing, all is decoded, and the reason is given",
        arguments: zip(
            [["-g", "9999", "-sc_threshold", "0"], ["-g", "1"]],
            ["too far apart", "coded on its own"]
        )
    )
    func everything(_ coding: [String], _ reason: String) throws {
        let result = try run(TestMedia.clip("one.mp4", seconds: 22, rate: "10", extra: coding))
        #expect(result.isOfAll && result.decodedShare == 1)
        #expect(result.reason.contains(reason))
    }

    @Test("what is about to be chosen is decoded, and nothing more once it is known")
    func chosen() throws {
        let source = try SourceProbe.open(SampleMedia.plain.make(), interrupt: Interrupt())
        // A calm part, which nothing else has seen.
        let calm = TimeRange(start: MediaTime(ticks: 26, timescale: 1), end: MediaTime(ticks: 29, timescale: 1))
        var asked = 0
        let result = try Sampler(source, watched: 0, interrupt: Interrupt()).run(.auto, progress: { _ in }) { _ in
            asked += 1
            return ReelProposal(shots: [.init(range: calm, score: 1)], nearMisses: [])
        }
        #expect(!result.isOfAll && result.decodedShare < 0.5)
        #expect(result.reason.contains("1 moments"))
        #expect(asked == 2)
    }

    @Test("a short video is watched from end to end, and the reason says so")
    func watched() throws {
        let result = try run(SampleMedia.plain.make())
        #expect(!result.isOfAll && result.decodedShare > 0.3)
        #expect(result.reason.contains("all that others need of the other pictures"))
    }

    @Test("a video of which not one frame can be decoded is told apart from a failing disk")
    func nothing() throws {
        let path = try TestMedia.clip("two.mp4", seconds: 2)
        let source = try SourceProbe.open(path, interrupt: Interrupt())
        let other = try TestMedia.make("two.mp4", ["-f", "lavfi", "-i", "sine=d=2", "-c:a", "aac"])
        #expect(other == path)
        #expect(throws: (any Error).self) {
            try Sampler(source, interrupt: Interrupt()).run(.full, progress: { _ in }) { _ in
                ReelProposal(shots: [], nearMisses: [])
            }
        }
    }
}
