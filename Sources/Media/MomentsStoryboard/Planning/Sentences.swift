/// Tells sentences apart in a text a person wrote.
public enum Sentences {
    /// Splits a text; line breaks end a sentence too.
    ///
    /// - Parameter text: The text.
    /// - Returns: The sentences with their punctuation, without blanks around them; none is empty.
    public static func split(_ text: String) -> [String] {
        var sentences: [String] = []
        for line in text.split(whereSeparator: \.isNewline) {
            var sentence: [Substring] = []
            for word in line.split(whereSeparator: \.isWhitespace) {
                sentence.append(word)
                guard ends(word) else { continue }
                sentences.append(sentence.joined(separator: " "))
                sentence = []
            }
            if !sentence.isEmpty { sentences.append(sentence.joined(separator: " ")) }
        }
        return sentences.flatMap(cutEastAsian)
    }

    /// Splits a text into what can be spoken, a piece at a time: what has no letter and no digit is silence in any voice.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - most: At most so many; of more, short neighbours are spoken in one breath.
    /// - Returns: The pieces in their order.
    public static func spoken(_ text: String, most: Int) -> [String] {
        let heard = split(text).filter { $0.contains { $0.isLetter || $0.isNumber } }
        return StoryPlanner.joined(heard, to: max(1, most))
    }

    /// Whether a sentence ends with a word.
    private static func ends(_ word: Substring) -> Bool {
        var core = word
        while let last = core.last, "\"'”’»)]』」".contains(last) { core = core.dropLast() }
        guard let last = core.last, ".!?…。！？؟।".contains(last) else { return false }
        guard last == "." else { return true }
        let name = core.dropLast()
        // "z.B.", "J." and "3." are followed by more; so are titles.
        if name.contains(".") || name.count == 1 && name.first?.isLetter == true { return name.hasSuffix("..") }
        if !name.isEmpty, name.allSatisfy(\.isNumber) { return name.count > 2 }
        return !abbreviations.contains(name.lowercased())
    }

    /// Scripts without spaces end sentences in the middle of what looks like a word.
    private static func cutEastAsian(_ text: String) -> [String] {
        var (parts, part) = ([String](), "")
        for letter in text {
            part.append(letter)
            if "。！？".contains(letter) {
                parts.append(part)
                part = ""
            }
        }
        if part.contains(where: { !$0.isWhitespace }) { parts.append(part) }
        return parts
    }

    private static let abbreviations: Set<String> = [
        "mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "no", "jr", "sr", "bzw", "ca", "usw", "nr", "ggf", "inkl",
        "m", "mme", "mlle", "env", "sra", "ud", "uds", "pág", "örn", "vb", "bkz",
    ]
}
