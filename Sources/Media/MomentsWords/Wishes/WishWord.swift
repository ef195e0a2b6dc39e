/// A word as wishes compare it: without case, accents and endings.
struct WishWord: Hashable, Sendable {
    /// The word in small letters without accents.
    let folded: String

    /// Letters two forms of a word must share from the beginning.
    private static let least = 4
    /// Letters that one form may have more than the other: "cake", "cakes", "Kuchenstück" is another word.
    private static let most = 3

    /// Folds a word.
    init(_ text: String) {
        var folded = ""
        for scalar in text.lowercased().decomposed {
            switch scalar {
            case "ß": folded += "ss"
            case "ı": folded += "i"
            case "œ": folded += "oe"
            case "æ": folded += "ae"
            case "ø": folded += "o"
            case "ł": folded += "l"
            default:
                if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) {
                    folded.unicodeScalars.append(scalar)
                }
            }
        }
        self.folded = folded
    }

    /// Whether two are forms of one word.
    func isLike(_ other: WishWord) -> Bool {
        if folded == other.folded { return !folded.isEmpty }
        let (short, long) = folded.count <= other.folded.count ? (folded, other.folded) : (other.folded, folded)
        if long.count - short.count <= 1, short.count >= 3, long.hasPrefix(short), long.hasSuffix("s") { return true }
        if short.count >= Self.least, long.count - short.count <= Self.most, long.hasPrefix(short) { return true }
        // Endings that take each other's place: "Glocke", "Glocken"; "hablo", "hablar".
        let stem = max(Self.least, short.count - 2)
        return short.count > Self.least && long.count - short.count <= 1 && long.prefix(stem) == short.prefix(stem)
            && Self.isEnding(long.dropFirst(stem)) && Self.isEnding(short.dropFirst(stem))
    }

    private static func isEnding(_ text: Substring) -> Bool { endings.contains(String(text)) }

    private static let endings: Set<String> = [
        "e", "en", "er", "es", "n", "s", "a", "o", "as", "os", "ar", "ir", "y", "ies", "ed", "ing", "em", "ez", "i",
        "u", "in", "un",
    ]
}

extension String {
    /// Its scalars with accents apart, and those left out.
    fileprivate var decomposed: [UnicodeScalar] {
        unicodeScalars.flatMap { scalar -> [UnicodeScalar] in
            let table: [UnicodeScalar: UnicodeScalar] = [
                "ä": "a", "á": "a", "à": "a", "â": "a", "ã": "a", "å": "a", "é": "e", "è": "e", "ê": "e", "ë": "e",
                "í": "i", "ì": "i", "î": "i", "ï": "i", "ö": "o", "ó": "o", "ò": "o", "ô": "o", "õ": "o", "ü": "u",
                "ú": "u", "ù": "u", "û": "u", "ñ": "n", "ç": "c", "ş": "s", "ğ": "g", "ý": "y", "ÿ": "y",
            ]
            if (0x300...0x36F).contains(scalar.value) { return [] }
            return [table[scalar] ?? scalar]
        }
    }
}
