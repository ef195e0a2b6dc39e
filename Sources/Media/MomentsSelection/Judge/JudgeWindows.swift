public import MomentsAnalysis
public import MomentsCore

/// Cuts a video into the windows a judge is asked about, and says which of them are worth a question.
///
/// A window lasts about two seconds and does not cross a cut, unless scenes are shorter than that. Of a video up to five
/// minutes all are asked about. Of a longer one there are two rounds: the one most worth it in every ten seconds or more,
/// and then those around the best of them: about a third of ten minutes, and a sixth of an hour.
public struct JudgeWindows: Sendable {
    /// Seconds a window lasts, as far as cuts allow.
    static let length = 2.0
    /// Seconds below which a scene shares a window with the next.
    private static let shortest = 1.2
    /// Seconds from which on a window is made two.
    private static let longest = 2.8
    /// Up to this length of the video, in seconds, all windows are asked about.
    private static let all = 300.0
    /// Seconds of a long video in which one window is asked about first, at least, and such windows at most.
    private static let (shortestStride, mostFirst) = (10.0, 300.0)
    /// The windows around the best ones that a second round asks about, as a multiple of the reel's length, and at most as
    /// a share of the video's.
    private static let second = (reels: 3.0, share: 0.14)

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
        let cut = Self.cut(signals.scenes.dropFirst().map(\.start.seconds), duration)
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
        let slots = Dictionary(grouping: windows) { Int($0.start / stride) }
        let chosen = slots.keys.sorted().compactMap { slot in
            slots[slot]?.max { ($0.score, $1.start) < ($1.score, $0.start) }
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

    /// Windows on an even grid over the whole video, those beside a cut as much shorter or longer as it wants.
    private static func cut(_ cuts: [Double], _ duration: Double) -> [(Double, Double)] {
        let step = duration / max(1, (duration / length).rounded())
        var windows: [(Double, Double)] = []
        var open = 0.0
        for end in cuts.filter({ $0 < duration }) + [duration] where end - open >= shortest || end == duration {
            var edges = [open]
            var line = ((open + shortest) / step).rounded(.up) * step
            while line <= end - shortest {
                edges.append(line)
                line += step
            }
            edges.append(end)
            for (from, to) in zip(edges, edges.dropFirst()) {
                // Two rests of windows beside cuts may make one too long.
                let pieces = to - from > longest ? 2.0 : 1
                for piece in 0..<Int(pieces) {
                    let (first, last) = (Double(piece) / pieces, Double(piece + 1) / pieces)
                    windows.append((from + (to - from) * first, from + (to - from) * last))
                }
            }
            open = end
        }
        return windows
    }

    /// Milliseconds are enough for a window.
    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
