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
        // What is only heard, and the seconds that fill a reel behind it, are placed differently by the two modes.
        #expect(agreements.count { $0 >= 0.9 } >= 2 && agreements.allSatisfy { $0 >= 0.4 }, "\(agreements)")
        withKnownIssue("auto and full show different parts of events that are only heard", isIntermittent: true) {
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
        if row.file == "audio.mp4" {
            #expect(planted.precision >= 0.65, "\(place)")
            withKnownIssue("of events that are only heard too little is shown", isIntermittent: true) {
                #expect(planted.precision >= 0.85, "\(place)")
            }
        } else {
            #expect(planted.precision >= 0.85, "\(place)")
        }
        #expect(planted.redundancy <= 0.05, "redundancy \(place)")
        // A reel drawn at random shows that the corpus asks something.
        #expect((row.baseline?.random.precision ?? 1) < 0.5, "\(place)")
    }
}
