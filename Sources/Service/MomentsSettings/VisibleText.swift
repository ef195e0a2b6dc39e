/// Tells what people write from what only disturbs.
enum VisibleText {
    /// Whether a text is one line without control characters and without what turns the direction of what follows.
    ///
    /// Joiners and marks of direction belong to Persian, to Hebrew and to emoji; overrides to nobody.
    static func isLine(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
            case .format: !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
            default: true
            }
        }
    }

    /// Whether each line of a text is one.
    static func isLines(_ text: String) -> Bool {
        text.split(whereSeparator: \.isNewline).allSatisfy { isLine(String($0)) }
    }

    /// Whether there is nothing to be seen.
    static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isWhitespace || scalar.properties.generalCategory == .format
        }
    }
}
