import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport
import Testing

@Suite("being right about what matters", .scratchFolder, .timeLimit(.minutes(4)))
struct AccuracyTests {
    private struct Row: Decodable {
        struct Planted: Decodable {
            let recall: Double
            let precision: Double
            let redundancy: Double
        }
        struct Baseline: Decodable {
            let random: Planted
        }
        struct Cuts: Decodable { let f1: Double }
        let file: String
        let analysis: AnalysisMode
        let planted: Planted?
        let baseline: Baseline?
        let cuts: Cuts?
        let agreement: Double?
    }

    @Test("planted moments and cuts are found, however much is decoded, and the same ones")
    func corpus() async throws {
        let corpus = try SmallCorpus()
        let run = try await BuiltProgram("moments").run(
            [
                "bench", "--score", corpus.folder, "--analysis", "both", "--target-duration", "24", "--quality", "low",
                "--json",
            ],
            limit: 200
        )
        #expect(run.exit == .exited(0), "\(run.errors)")
        let rows = try run.output.split(separator: "\n").map { try MomentsJSON.decode(Row.self, from: Data($0.utf8)) }
        #expect(rows.count == 10)
        for row in rows { judge(row) }
        let agreements = rows.compactMap(\.agreement)
        #expect(agreements.count == 4)
        #expect(agreements.allSatisfy { $0 >= 0.4 }, "\(agreements)")
        // Where a reel is filled with the next best, the two modes may fill it with different parts.
        withKnownIssue("auto and full fill a reel of events that are only heard differently", isIntermittent: true) {
            #expect(agreements.allSatisfy { $0 >= 0.9 }, "\(agreements)")
        }
    }

    private func judge(_ row: Row) {
        let place = "\(row.file), \(row.analysis.rawValue)"
        guard let planted = row.planted else {
            #expect((row.cuts?.f1 ?? 0) >= 0.95, "\(place)")
            return
        }
        #expect(planted.recall >= 0.95, "\(place)")
        #expect(planted.precision >= 0.7, "\(place)")
        // Something new is rather shown than more than three seconds of one event.
        withKnownIssue("long events are shown for three seconds, and the rest is filled", isIntermittent: true) {
            #expect(planted.precision >= 0.85, "\(place)")
        }
        #expect(planted.redundancy <= 0.05, "\(place)")
        // A reel drawn at random shows that the corpus asks something.
        #expect((row.baseline?.random.precision ?? 1) < 0.5, "\(place)")
    }
}
