/// What is said in one breath of meaning: from a beginning to a full stop, or to a long pause.
public struct Sentence: Hashable, Sendable {
    /// Its words in their order; never empty.
    public var words: [Word]
    /// Whether nothing is said in it: "[applause]".
    public let isMark: Bool
    /// Where it begins, in seconds.
    public var start: Double
    /// Where it ends, in seconds.
    public var end: Double

    /// Makes a sentence of words, at least one.
    init(_ words: [Word], isMark: Bool = false) {
        self.words = words
        self.isMark = isMark
        start = words.first?.start ?? 0
        end = words.last?.end ?? 0
    }

    /// The same with its words put between its edges, in proportion.
    var fitted: Sentence {
        guard let first = words.first?.start, let last = words.last?.end, last > first, end > start else { return self }
        let scale = (end - start) / (last - first)
        var fitted = self
        fitted.words = words.map {
            Word(text: $0.text, start: start + ($0.start - first) * scale, end: start + ($0.end - first) * scale)
        }
        return fitted
    }

    /// Its text.
    public var text: String { words.map(\.text).joined(separator: " ") }

    /// Whether it asks.
    public var isQuestion: Bool {
        words.last.map { $0.text.contains { "?？؟".contains($0) } } ?? false
    }

    /// The time between two neighbours of its words that is likeliest a breath, nearest its middle; nil for one word.
    func split(at pauses: [Range<Double>]) -> (Sentence, Sentence)? {
        guard words.count > 3 else { return nil }
        let middle = (start + end) / 2
        func cost(_ index: Int) -> Double {
            let time = words[index].start
            let last = words[index - 1].text.last
            let isClause = last.map { ",;:–—،、，".contains($0) } ?? false
            let isPause = pauses.contains { $0.lowerBound - 0.3 <= time && time <= $0.upperBound + 0.3 }
            return abs(time - middle) - (isClause ? 1.5 : 0) - (isPause ? 2 : 0)
        }
        guard let place = (2..<words.count - 1).min(by: { cost($0) < cost($1) }) else { return nil }
        return (Sentence(Array(words[..<place])), Sentence(Array(words[place...])))
    }
}
