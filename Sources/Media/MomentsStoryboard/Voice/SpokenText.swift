/// A sentence as it is spoken: its sound, and when it starts.
public struct SpokenText: Sendable {
    /// The words.
    public let text: String
    /// When it starts on the clip's clock, in seconds.
    public var start: Double
    /// When it ends.
    public var end: Double
}

extension SpokenText {
    /// The sentence in pieces that can be read at once, each while it is about heard.
    ///
    /// - Parameter most: The widest piece, in letters of the alphabet; those of East Asia are twice as wide.
    /// - Returns: At least one; the last ends with the sentence.
    public func pieces(most: Int = 84) -> [SpokenText] {
        let words = text.split(separator: " ").flatMap { Self.cut($0, most) }
        let whole = words.reduce(0) { $0 + $1.width + 1 }
        guard whole > most + 1 else { return [self] }
        let count = (whole + most - 1) / most
        // About equally long ones: a last word by itself would be gone before it is found.
        let limit = min(most, whole / count + 8)
        var (pieces, piece, width) = ([(text: String, width: Int)](), "", 0)
        for word in words {
            if !piece.isEmpty, width + word.width > limit {
                pieces.append((piece, width))
                (piece, width) = ("", 0)
            }
            piece += piece.isEmpty || word.isGlued ? word.text : " " + word.text
            width += word.width + (word.isGlued ? 0 : 1)
        }
        pieces.append((piece, width))
        let total = Double(pieces.reduce(0) { $0 + $1.width })
        var done = 0.0
        return pieces.map { piece in
            let from = start + (end - start) * done / total
            done += Double(piece.width)
            return SpokenText(text: piece.text, start: from, end: start + (end - start) * done / total)
        }
    }

    /// A word, or the parts of one that is too wide for a piece; those that follow the first are glued to it.
    private static func cut(_ word: Substring, _ most: Int) -> [(text: String, width: Int, isGlued: Bool)] {
        var (parts, part, width) = ([(text: String, width: Int, isGlued: Bool)](), "", 0)
        for letter in word {
            let wide =
                letter.unicodeScalars.first.map { $0.value >= 0x1100 && $0.properties.isIdeographicOrKana } ?? false
            // Ideographs are words by themselves; others are only parted where they must be.
            if !part.isEmpty, wide && width >= 8 || width + (wide ? 2 : 1) > most {
                parts.append((part, width, !parts.isEmpty))
                (part, width) = ("", 0)
            }
            part.append(letter)
            width += wide ? 2 : 1
        }
        parts.append((part, width, !parts.isEmpty))
        return parts
    }
}

extension Unicode.Scalar.Properties {
    /// Whether it is written as wide as it is high.
    fileprivate var isIdeographicOrKana: Bool {
        isIdeographic
            || name.map { $0.hasPrefix("HIRAGANA") || $0.hasPrefix("KATAKANA") || $0.hasPrefix("HANGUL") } == true
    }
}
