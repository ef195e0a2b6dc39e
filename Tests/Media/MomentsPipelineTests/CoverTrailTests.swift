import MomentsAnalysis
import MomentsCore
import MomentsEncoding
import Testing

@testable import MomentsPipeline

@Suite("where somebody is covered")
struct CoverTrailTests {
    private let care = CoverCare.all[0]

    /// The face of a track as wide and high as a tenth of the picture, at these seconds and places.
    private func cover(_ places: [(seconds: Double, x: Double)], cuts: [Double] = []) -> FrameCover {
        let points = places.map { place in
            SubjectTrack.Point(
                time: MediaTime(seconds: place.seconds),
                box: Box(x: place.x, y: 0.4, width: 0.1, height: 0.1),
                confidence: 0.9
            )
        }
        let track = SubjectTrack(id: 1, kind: .faces, name: "face", points: points)
        return FrameCover([CoverTrail(track, care, cuts: cuts.map { MediaTime(seconds: $0) }).trail])
    }

    private func covers(_ cover: FrameCover, _ x: Double, at seconds: Double) -> Bool {
        cover.areas(at: seconds).contains { $0.x <= x && x + 0.1 <= $0.x + $0.width }
    }

    @Test("between finds that follow each other the cover moves with whom it covers")
    func moves() {
        let cover = cover(
            (0...20).map { step in
                let passed = Double(step) / 10
                return (seconds: 1 + passed, x: 0.2 + 0.3 * passed)
            }
        )
        #expect(covers(cover, 0.5, at: 2))
        #expect(!covers(cover, 0.2, at: 2) && !covers(cover, 0.8, at: 2))
    }

    @Test("a place where the face was found stays covered for a moment, whatever is found for the face meanwhile")
    func vicinity() {
        let cover = cover([(1, 0.2), (1.1, 0.3), (1.2, 0.3), (1.3, 0.2)])
        for seconds in [1, 1.1, 1.15, 1.2, 1.3] { #expect(covers(cover, 0.2, at: seconds), "at \(seconds)") }
    }

    @Test("whoever is lost for a while is covered all over from where that was to where it ended")
    func gap() {
        let cover = cover([(1, 0.2), (1.8, 0.6), (1.9, 0.6), (2.4, 0.6)])
        for seconds in [1.01, 1.2, 1.5, 1.79] {
            for x in [0.2, 0.4, 0.6] { #expect(covers(cover, x, at: seconds), "\(x) at \(seconds)") }
        }
        #expect(!covers(cover, 0.2, at: 2.35))
    }

    @Test("whoever moves when seen first and last is covered where the way came from and goes on to")
    func ends() {
        let cover = cover([(1, 0.4), (1.1, 0.42), (1.2, 0.44)])
        for (x, seconds) in [(0.44, 1.21), (0.5, 1.5), (0.4, 0.99), (0.34, 0.7)] {
            #expect(covers(cover, x, at: seconds), "\(x) at \(seconds)")
        }
        #expect(cover.areas(at: 1.2 + care.hold + 0.01).isEmpty && cover.areas(at: 1 - care.hold - 0.01).isEmpty)
    }

    @Test("no cover reaches across a cut")
    func cut() {
        let cover = cover([(1, 0.4), (1.1, 0.4)], cuts: [0.9, 1.2])
        #expect(cover.areas(at: 0.89).isEmpty && cover.areas(at: 1.21).isEmpty)
        #expect(covers(cover, 0.4, at: 0.91) && covers(cover, 0.4, at: 1.19))
    }

    @Test("one find alone is covered before and behind it")
    func single() {
        let cover = cover([(1, 0.4)])
        for seconds in [0.6, 1, 1.4] { #expect(covers(cover, 0.4, at: seconds)) }
    }
}
