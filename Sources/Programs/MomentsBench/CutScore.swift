/// How well found scene starts meet known shot boundaries.
public struct CutScore: Hashable, Encodable, Sendable {
    /// Harmonic mean of precision and recall of all boundaries: 0–1.
    public let f1: Double
    /// The same of hard cuts alone, every unmatched start being false.
    public let hardF1: Double
    /// Share of the gradual transitions found; nil where there are none.
    public let gradualRecall: Double?
    /// Starts that no boundary explains.
    public let falseStarts: Int
    /// Boundaries there are.
    public let boundaries: Int

    private enum CodingKeys: String, CodingKey {
        case f1
        case hardF1 = "hard_f1"
        case gradualRecall = "gradual_recall"
        case falseStarts = "false"
        case boundaries
    }

    /// Matches starts with boundaries, each at most once.
    ///
    /// A hard cut is found one frame off at most, a gradual one from two frames before to two behind it.
    ///
    /// - Parameters:
    ///   - starts: When scenes start, in seconds, without the first scene's.
    ///   - truth: What is known of the video.
    public init(of starts: [Double], against truth: CutTruth) {
        let frame = truth.frame
        var free = starts.sorted()
        func take(_ window: ClosedRange<Double>, near centre: Double) -> Bool {
            let inside = free.indices.filter { window.contains(free[$0]) }
            guard let best = inside.min(by: { abs(free[$0] - centre) < abs(free[$1] - centre) }) else { return false }
            free.remove(at: best)
            return true
        }
        func window(_ cut: CutTruth.Cut) -> ClosedRange<Double> {
            // A quarter of a frame for the rounding of times.
            cut.isHard
                ? cut.time - 1.25 * frame...cut.time + 1.25 * frame
                : (cut.startFrame - 2.25) * frame...(cut.endFrame + 2.25) * frame
        }
        let hard = truth.cuts.filter(\.isHard)
        let gradual = truth.cuts.filter { !$0.isHard }
        let hardFound = hard.count { take(window($0), near: $0.time) }
        let gradualFound = gradual.count { take(window($0), near: $0.time) }
        // More than one start inside one transition is one detection, not several false ones.
        falseStarts = free.count { start in !gradual.contains { window($0).contains(start) } }
        boundaries = truth.cuts.count
        f1 = Self.f1(hardFound + gradualFound, of: truth.cuts.count, falseStarts)
        hardF1 = Self.f1(hardFound, of: hard.count, falseStarts)
        gradualRecall = gradual.isEmpty ? nil : Double(gradualFound) / Double(gradual.count)
    }

    private static func f1(_ found: Int, of wanted: Int, _ wrong: Int) -> Double {
        guard wanted > 0 || wrong > 0 else { return 1 }
        return 2 * Double(found) / Double(2 * found + wrong + wanted - found)
    }
}
