import MomentsAnalysis
import MomentsCore
import MomentsSelection
import Testing

@testable import MomentsPipeline

@Suite("who was found, as curves for the choice")
struct NoticedTests {
    private func face(_ confidence: Double) -> Detection {
        Detection(kind: .faces, name: "face", confidence: confidence, box: Box(x: 0.4, y: 0.3, width: 0.1, height: 0.2))
    }

    private func findings(_ looks: [(time: Double, tracks: [Int?])]) -> SubjectFindings {
        SubjectFindings(
            models: [],
            looks: looks.enumerated().map { number, look in
                .init(
                    time: MediaTime(seconds: look.time),
                    number: number,
                    detections: look.tracks.map { face($0 == nil ? 0.3 : 0.9) },
                    tracks: look.tracks
                )
            },
            tracks: []
        )
    }

    @Test("a face is there as long as it is seen, and fades towards the look that finds none")
    func faces() throws {
        let curves = Noticed(findings([(1, [1, 2]), (3, [1]), (5, [])]), count: 40).curves
        let faces = try #require(curves[.faces])
        #expect(faces[0] == 1 && faces[14] == 1)
        // 3.9 s and 4.1 s, between a look that sees it and one that does not.
        #expect(abs(faces[19] - 0.55) < 0.001 && abs(faces[20] - 0.45) < 0.001)
        #expect(faces[25] == 0 && faces[39] == 0)
        #expect(curves[.people]?[5] == Float(2) / 6)
    }

    @Test("an unsure find that goes on with nobody is nobody, and without looks nothing is known")
    func unsure() {
        let curves = Noticed(findings([(1, [nil]), (3, [nil, nil])]), count: 20).curves
        #expect(curves[.faces]?.max() == 0 && curves[.people]?.max() == 0)
        #expect(Noticed(findings([]), count: 20) == .none && Noticed(nil, count: 20) == .none)
    }
}
