public import MomentsCore

/// Somebody who edits reels by a preference that nobody is told.
public enum TasteEditor: String, CaseIterable, Sendable {
    case faces
    case motion
    case loudness
    case calm
    /// One who likes no crowds: where there is a model, people; else their sound.
    case noCrowds = "no crowds"
    /// One who pins and bans at random.
    case random
    /// One who pins what is worst and bans what is best.
    case poisoner

    /// What the editor likes, or dislikes, the first that a clip has; empty for those who go by something else.
    var signals: [(signal: TasteSignal, isLiked: Bool)] {
        switch self {
        case .faces: [(.faces, true), (.speech, true)]
        case .motion: [(.motion, true)]
        case .loudness: [(.loudness, true)]
        case .calm: [(.calm, true)]
        case .noCrowds: [(.people, false), (.cheering, false)]
        case .random, .poisoner: []
        }
    }

    /// Whether the editor has a preference, so that its own best is what counts.
    public var hasPreference: Bool { !signals.isEmpty }

    /// How much of what anybody would choose is in what the editor chooses.
    private static let common = 0.3

    /// What each entry of a clip is worth to the editor; nil for a clip in which nothing of it is known.
    public func worth(_ rehearsal: Rehearsal, _ truth: JudgedTruth) -> [Double]? {
        let count = rehearsal.curves.values.map(\.count).max() ?? 0
        let common = (0..<count).map { index -> Double in
            let time = (Double(index) + 0.5) * rehearsal.interval
            return truth.events.filter { $0.span.start <= time && time < $0.span.end }.map { $0.weight / 5 }.max() ?? 0
        }
        guard hasPreference else { return Self.even(common, rehearsal.interval) }
        let known = signals.lazy.compactMap { entry in
            rehearsal.curves[entry.signal.rawValue].map { ($0, entry.isLiked) }
        }
        guard let (curve, isLiked) = known.first, (curve.max() ?? 0) - (curve.min() ?? 0) > 0.05 else { return nil }
        let worth = zip(common, curve).map { common, value in
            Self.common * common + (isLiked ? Double(value) : 1 - Double(value))
        }
        return Self.even(worth, rehearsal.interval)
    }

    /// Evened out to moments of three seconds.
    private static func even(_ worth: [Double], _ interval: Double) -> [Double] {
        let reach = Int((1.5 / interval).rounded())
        return worth.indices.map { index in
            let around = worth[max(0, index - reach)...min(worth.count - 1, index + reach)]
            return around.reduce(0, +) / Double(around.count)
        }
    }

    /// What the editor pins and bans: the best near miss and the worst shot.
    ///
    /// - Parameters:
    ///   - rehearsal: The reel as it was chosen.
    ///   - worth: What each entry is worth to the editor.
    ///   - seed: Which chance.
    /// - Returns: What must be in the next reel, and what must not; nothing where the editor is content.
    public func edit(
        _ rehearsal: Rehearsal,
        _ worth: [Double],
        seed: UInt64
    ) -> (pin: [RequestedRange], ban: [RequestedRange]) {
        func mean(_ range: RequestedRange) -> Double {
            let from = min(max(0, Int(range.start / rehearsal.interval)), worth.count)
            let to = min(worth.count, max(from + 1, Int(range.end / rehearsal.interval)))
            return from < to ? worth[from..<to].reduce(0, +) / Double(to - from) : 0
        }
        let (shots, misses) = (rehearsal.shots, rehearsal.nearMisses)
        var generator = SeededGenerator(seed: seed)
        switch self {
        case .random:
            return (
                [misses.randomElement(using: &generator)].compactMap { $0 },
                [shots.randomElement(using: &generator)].compactMap { $0 }
            )
        case .poisoner:
            let (best, worst) = (shots.max { mean($0) < mean($1) }, misses.min { mean($0) < mean($1) })
            return ([worst].compactMap { $0 }, [best].compactMap { $0 })
        default:
            guard let worst = shots.min(by: { mean($0) < mean($1) }) else { return ([], []) }
            let best = misses.max { mean($0) < mean($1) }.flatMap { mean($0) > mean(worst) ? $0 : nil }
            return ([best].compactMap { $0 }, shots.count > 1 ? [worst] : [])
        }
    }

    /// How much of what the editor would choose a reel shows: the share of its seconds that are among the best so many.
    public static func recall(_ rehearsal: Rehearsal, _ worth: [Double]) -> Double {
        let shown = rehearsal.shots.reduce(0) { $0 + $1.end - $1.start }
        let count = min(worth.count, max(1, Int(shown / rehearsal.interval)))
        let best = worth.indices.sorted { (worth[$0], -$0) > (worth[$1], -$1) }.prefix(count)
        let found = best.count { index in
            let time = (Double(index) + 0.5) * rehearsal.interval
            return rehearsal.shots.contains { $0.start <= time && time < $0.end }
        }
        return Double(found) / Double(max(1, best.count))
    }
}
