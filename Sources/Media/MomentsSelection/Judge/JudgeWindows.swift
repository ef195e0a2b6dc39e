public import MomentsAnalysis
public import MomentsCore

/// Cuts a video into the windows a judge is asked about, and says which of them are worth a question.
///
/// A window lasts about two seconds and does not cross a cut, unless scenes are shorter than that. Of a video up to five
/// minutes all are asked about. Of a longer one there are two rounds: one window in every six seconds or more, and then
/// those around the best of them: about half of ten minutes, and a sixth of an hour.
public struct JudgeWindows: Sendable {
    /// Seconds a window lasts, as far as cuts allow.
    static let length = 2.0
    /// Seconds below which a scene shares a window with the next.
    private static let shortest = 1.2
    /// Up to this length of the video, in seconds, all windows are asked about.
    private static let all = 300.0
    /// Seconds of a long video in which one window is asked about first, at least, and such windows at most.
    private static let (shortestStride, mostFirst) = (6.0, 300.0)
    /// The windows around the best ones that a second round asks about, as a multiple of the reel's length, and at most as
    /// a share of the video's.
    private static let second = (reels: 3.0, share: 0.2)

    private let windows: [JudgeQuestion.Window]
    private let isShort: Bool
    /// Seconds in which one window is asked about first.
    private let stride: Double
    /// Seconds a second round asks about.
    private let more: Double

    /// Cuts a video.
    ///
    /// - Parameters:
    ///   - signals: What the analysis found.
    ///   - target: Seconds the reel should last.
    public init(_ signals: Signals, target: Double) {
        let saliency = Saliency(signals)
        let score = MomentScore(signals, saliency)
        let duration = signals.frames.end.seconds
        var cut: [(Double, Double)] = []
        var open = 0.0
        let ends = signals.scenes.dropFirst().map(\.start.seconds).filter { $0 < duration } + [duration]
        for end in ends where end - open >= Self.shortest || end == duration {
            let pieces = max(1, ((end - open) / Self.length).rounded())
            for piece in 0..<Int(pieces) {
                let (from, to) = (Double(piece) / pieces, Double(piece + 1) / pieces)
                cut.append((open + (end - open) * from, open + (end - open) * to))
            }
            open = end
        }
        func entries(_ window: (Double, Double)) -> Range<Int> {
            let first = min(Int(window.0 / Saliency.interval), max(0, saliency.count - 1))
            return first..<min(max(first + 1, Int(window.1 / Saliency.interval)), saliency.count)
        }
        // Nobody has to look at black.
        let shown = cut.filter { saliency.visible[entries($0)].contains(true) }
        windows = shown.enumerated().map { number, window in
            JudgeQuestion.Window(
                id: number + 1,
                start: Self.rounded(window.0),
                end: Self.rounded(window.1),
                score: Self.rounded(Double(Moment(entries(window), score.total).mean)),
                reasons: Reasons(entries(window), saliency, score).words
            )
        }
        isShort = duration <= Self.all
        stride = max(Self.shortestStride, duration / Self.mostFirst)
        more = min(Self.second.reels * target, Self.second.share * duration)
    }

    /// What is asked first; empty where nothing can be seen.
    public var first: [JudgeQuestion.Window] {
        guard !isShort else { return windows }
        var (chosen, slot): ([JudgeQuestion.Window], Int) = ([], -1)
        for window in windows where Int(window.start / stride) > slot {
            slot = Int(window.start / stride)
            chosen.append(window)
        }
        return Array(chosen.prefix(JudgeQuestion.mostWindows))
    }

    /// What is asked next, once something is known.
    ///
    /// - Parameter verdicts: All that was said so far.
    /// - Returns: Windows nobody asked about yet, beside the best ones and where our own score is best; empty when that
    ///   would tell nothing more.
    public func next(after verdicts: [Verdict]) -> [JudgeQuestion.Window] {
        guard !isShort else { return [] }
        let asked = Set(verdicts.map(\.start))
        let best = verdicts.sorted { ($0.score, -$0.start) > ($1.score, -$1.start) }
        var (chosen, seconds): ([Int: JudgeQuestion.Window], Double) = ([:], 0)
        func take(_ candidates: some Sequence<JudgeQuestion.Window>, upTo most: Double) {
            for window in candidates where seconds < most {
                guard !asked.contains(window.start), chosen.updateValue(window, forKey: window.id) == nil else {
                    continue
                }
                seconds += window.end - window.start
            }
        }
        let near = best.lazy.flatMap { [windows] verdict in
            windows.filter { $0.start < verdict.end + stride / 2 && $0.end > verdict.start - stride / 2 }
        }
        take(near, upTo: 0.75 * more)
        take(windows.sorted { ($0.score, -$0.start) > ($1.score, -$1.start) }, upTo: more)
        return Array(chosen.values.sorted { $0.id < $1.id }.prefix(JudgeQuestion.mostWindows))
    }

    /// Milliseconds are enough for a window.
    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
