public import MomentsAnalysis
public import MomentsCore

/// Why a choice is what it is, second by second.
public struct Explanation: Sendable {
    /// A second of the video, or what is left of it at the end.
    public struct Row: Sendable {
        /// When it begins, in seconds.
        public let start: Double
        /// The mean rank of each signal within the video, 0 lowest, 1 highest; nil for one that this video does not have.
        public let ranks: [Double?]
        /// The mean score: 0 where nothing is to be seen, about 0.5 for an ordinary second, 1 and more where it stands out.
        public let score: Double
        /// The number of its scene, from 1.
        public let scene: Int
        /// The shot that shows its middle; nil where none does.
        public let shot: String?
    }

    /// The signals' names, in the order of `Row.ranks`.
    public let signals: [String]

    /// The seconds in their order.
    public let rows: [Row]

    /// Ranks and scores once more what a selection was made from; the same signals give the same rows.
    ///
    /// - Parameters:
    ///   - signals: What the analysis found.
    ///   - selection: What was chosen of it.
    ///   - verdicts: What a judge thinks of windows of the video; empty without one.
    ///   - marks: What somebody marked.
    ///   - spoken: What is said in it.
    ///   - wished: What people want to see of it.
    ///   - taste: What each signal counts for those whose reel it is.
    ///   - noticed: What is known besides of who is in it.
    public init(
        _ signals: Signals,
        _ selection: Selection,
        verdicts: [Verdict] = [],
        marks: [Mark] = [],
        spoken: Spoken = .none,
        wished: Wished = .none,
        taste: Taste = .none,
        noticed: Noticed = .none
    ) {
        let score = MomentScore(
            signals,
            Saliency(signals),
            verdicts: verdicts,
            marks: ChapterMarks.moments(marks, signals.scenes),
            spoken: spoken,
            wished: wished,
            taste: taste,
            noticed: noticed
        )
        let known = ScoreSignal.allCases.filter { ![.words, .faces].contains($0) || score.places[$0] != nil }
        self.signals = known.map(\.rawValue)
        let scene = SceneIndex(signals.scenes, count: score.count).scene
        let second = Int((1 / Saliency.interval).rounded())
        rows = stride(from: 0, to: score.count, by: second).map { first in
            let entries = first..<min(first + second, score.count)
            func mean(_ values: [Float]) -> Double {
                Double(values[entries].reduce(0, +)) / Double(entries.count)
            }
            let start = Double(first) * Saliency.interval
            let middle = MediaTime(seconds: start + Double(entries.count) * Saliency.interval / 2)
            return Row(
                start: start,
                ranks: known.map { score.places[$0].map(mean) },
                score: mean(score.total),
                scene: scene[first] + 1,
                shot: selection.shots.first { $0.range.start <= middle && middle < $0.range.end }?.id
            )
        }
    }
}
