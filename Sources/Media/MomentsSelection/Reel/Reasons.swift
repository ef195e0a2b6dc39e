internal import MomentsCore

/// Says in plain words what stood out.
struct Reasons {
    /// The signals that stood out, in spreads above the usual.
    private(set) var signals: [String: Double] = [:]
    /// The same for people.
    private(set) var words: [String] = []

    /// Looks at the best second of a segment, signal by signal.
    ///
    /// - Parameters:
    ///   - range: Its entries.
    ///   - saliency: How far they stand out.
    ///   - score: How they rank in the video: the reason where nothing stands out.
    init(_ range: Range<Int>, _ saliency: Saliency, _ score: MomentScore) {
        let entries = range.clamped(to: 0..<saliency.count)
        guard !entries.isEmpty else { return }
        let loud = Self.high(saliency.loudness, entries)
        let crowd = Self.high(saliency.crowd, entries)
        let moved = Self.high(saliency.motion, entries)
        let new = Self.high(saliency.novelty, entries)
        if loud >= 1.5 {
            add("loudness", loud, "\(crowd > 0.5 ? "loud, like a crowd," : "loud") \(Self.tenths(loud)) above usual")
        }
        if moved >= 1.5 { add("motion", moved, "lively motion \(Self.tenths(moved)) above usual") }
        if new >= 1.5 { add("novelty", new, "a sight seen only briefly in this video") }
        if words.isEmpty { words = Self.ranked(entries, score) }
        if signals.count > 1 { words.append("several signs at once") }
        if let statement = score.spoken?.best(in: entries) {
            if words == [Self.filler] { words = [] }
            words.insert("it says “\(Escaping.excerpt(statement.text, limit: 90))”", at: 0)
        }
        if let wish = score.wish, Self.high(wish, entries) >= 0.5 {
            if words == [Self.filler] { words = [] }
            words.insert("it is what was asked for", at: 0)
        }
        if let verdict = score.judged?.best(in: entries) {
            if words == [Self.filler] { words = [] }
            let reason = verdict.reason.map { ": \($0)" } ?? ""
            words.insert("the judge gave it \(Self.tenths(Float(verdict.score))) of 10\(reason)", at: 0)
        }
        if let marked = score.marked?.words(in: entries), !marked.isEmpty {
            words = marked + (words == [Self.filler] ? [] : words)
        }
    }

    /// Where a segment ranks high in the video, in words; always at least one.
    private static func ranked(_ entries: Range<Int>, _ score: MomentScore) -> [String] {
        let said: [(ScoreSignal, String)] = [
            (.change, "more changes here"), (.motion, "more moves here"), (.foreground, "more is in the picture"),
            (.faces, "faces are seen more"), (.loudness, "it is louder"), (.swell, "it stays louder"),
        ]
        var words: [String] = []
        for (signal, text) in said {
            guard let places = score.places[signal] else { continue }
            let rank = high(places, entries)
            if rank >= 0.75, signal != .swell || !words.contains(where: { $0.hasPrefix("it is louder") }) {
                words.append("\(text) than in \(Int(min(rank, 0.99) * 100)) % of the video")
            }
        }
        return words.isEmpty ? [filler] : words
    }

    /// Where nothing speaks for a segment.
    private static let filler = "the best of what is left, to fill the length asked for"

    private mutating func add(_ name: String, _ value: Float, _ text: String) {
        signals[name] = Double(Self.tenths(value)) ?? 0
        words.append(text)
    }

    /// The mean of the highest second.
    private static func high(_ values: [Float], _ entries: Range<Int>) -> Float {
        let second = min(entries.count, Int(1 / Saliency.interval))
        return values[entries].sorted(by: >).prefix(second).reduce(0, +) / Float(second)
    }

    /// A number from 0 to 1 with two digits after the point.
    static func hundredths(_ value: Float) -> String {
        let whole = Int((min(max(value, 0), 1) * 100).rounded())
        return "\(whole / 100).\(whole % 100 / 10)\(whole % 10)"
    }

    /// A number with one digit after the point.
    static func tenths(_ value: Float) -> String {
        let whole = Int((min(max(value, -999), 999) * 10).rounded())
        return "\(whole < 0 ? "-" : "")\(abs(whole) / 10).\(abs(whole) % 10)"
    }
}
