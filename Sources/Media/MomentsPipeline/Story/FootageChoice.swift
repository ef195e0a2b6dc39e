internal import MomentsCore
internal import MomentsWords

/// Finds the footage that fits some words best.
enum FootageChoice {
    /// The stretch with the most of the words; nil where none has any.
    static func best(_ footage: [Footage], for text: String) -> Footage? {
        let wanted = words(text)
        guard !wanted.isEmpty else { return nil }
        let ranked = footage.map { (fit: fit(words($0.words), wanted), footage: $0) }.filter { $0.fit > 0 }
        return ranked.max { ($0.fit, $1.footage.path) < ($1.fit, $0.footage.path) }?.footage
    }

    private static func fit(_ there: Set<String>, _ wanted: Set<String>) -> Double {
        // A long description is not better only for having many words.
        let found = wanted.count { word in
            there.contains { $0 == word || $0.count > 4 && word.count > 4 && $0.hasPrefix(word.prefix(5)) }
        }
        return Double(found) - Double(there.count) * 1e-6
    }

    /// The words that say something, in small letters.
    private static func words(_ text: String) -> Set<String> {
        let all = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        return Set(all.filter { $0.count > 2 && !small.contains($0) })
    }

    private static let small: Set<String> = [
        "the", "and", "for", "with", "that", "this", "from", "into", "our", "your", "der", "die", "das", "und", "ein",
        "eine", "mit", "von", "des", "dem", "den", "les", "des", "une", "dans", "sur", "con", "para", "los", "las",
        "una", "del", "bir", "ile", "için", "are", "was", "its", "very", "mp4", "mov",
    ]
}
