internal import Glibc

/// What sentences are worth by their words: names, numbers and what is seldom said here count, filling words do not, and
/// what was said before counts little.
enum SentenceWeights {
    /// What is left of the worth of a sentence that was said before.
    private static let repeated = 0.3
    /// How much more laughter or applause at once behind it makes a sentence worth.
    private static let applauded = 0.5

    /// Weighs the sentences of one transcript.
    ///
    /// - Parameter sentences: In order.
    /// - Returns: As many weights; the mean of the spoken ones is 1, marks have 0.
    static func weights(_ sentences: [Sentence]) -> [Double] {
        let tokens = sentences.map { $0.isMark ? [] : Self.tokens($0) }
        var counts: [String: Int] = [:]
        for list in tokens { for token in list { counts[token.text, default: 0] += 1 } }
        let total = Double(tokens.reduce(0) { $0 + $1.count })
        var seen: [String: [Int]] = [:]
        var weights = sentences.indices.map { index -> Double in
            guard !sentences[index].isMark else { return 0 }
            let list = tokens[index]
            let sum = list.reduce(0.0) { sum, token in
                let rarity = log((total + 1) / Double(counts[token.text] ?? 1))
                return sum + rarity * (token.isTelling ? 1.5 : token.text.count <= 3 ? 0.3 : 1)
            }
            // A few words of many are a statement; "Yes." is none.
            let weight = sum / Double(list.count + 4)
            return isRepeated(list.map(\.text), index, tokens, &seen) ? Self.repeated * weight : weight
        }
        for index in sentences.indices.dropLast() where sentences[index + 1].isMark && !sentences[index].isMark {
            if sentences[index + 1].start - sentences[index].end < 3, isCheer(sentences[index + 1].text) {
                weights[index] *= 1 + applauded
            }
        }
        let spoken = sentences.indices.filter { !sentences[$0].isMark }
        let mean = spoken.reduce(0) { $0 + weights[$1] } / Double(max(1, spoken.count))
        return mean > 0 ? weights.map { $0 / mean } : weights
    }

    private struct Token {
        let text: String
        /// Whether it is a name or a number.
        let isTelling: Bool
    }

    private static func tokens(_ sentence: Sentence) -> [Token] {
        sentence.words.enumerated().compactMap { index, word in
            let core = word.text.filter { $0.isLetter || $0.isNumber }
            guard !core.isEmpty else { return nil }
            let isName = index > 0 && core.first?.isUppercase == true
            return Token(text: core.lowercased(), isTelling: isName || core.contains(where: \.isNumber))
        }
    }

    /// Whether nearly the same words were said in an earlier sentence.
    private static func isRepeated(
        _ words: [String],
        _ index: Int,
        _ all: [[Token]],
        _ seen: inout [String: [Int]]
    ) -> Bool {
        let own = Set(words)
        guard own.count >= 3 else { return false }
        // Only sentences that share the longest of its words can be the same.
        let key = own.max { ($0.count, $0) < ($1.count, $1) } ?? ""
        let earlier = seen[key] ?? []
        seen[key, default: []].append(index)
        return earlier.suffix(50).contains { other in
            let theirs = Set(all[other].map(\.text))
            return Double(own.intersection(theirs).count) >= 0.8 * Double(own.union(theirs).count)
        }
    }

    /// Whether a mark tells of laughter or applause, in some languages.
    static func isCheer(_ text: String) -> Bool {
        let text = text.lowercased()
        let cheers = [
            "laugh", "applau", "cheer", "lachen", "gelächter", "beifall", "jubel", "rire", "applaud", "risa", "aplau",
            "gülü", "alkış", "kahkaha",
        ]
        return cheers.contains { text.contains($0) }
    }
}
