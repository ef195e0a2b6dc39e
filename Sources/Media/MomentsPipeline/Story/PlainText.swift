/// Tells text that may be shown to people from what a command may have written.
enum PlainText {
    /// Whether a text has something to read, is not too long, and has no control characters but line ends, nor such as turn
    /// the direction of what stands behind it.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - longest: The most letters.
    /// - Returns: Whether it has.
    static func isText(_ text: String, most longest: Int) -> Bool {
        text.utf8.count <= 4 * longest && (1...longest).contains(text.count)
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar.properties.generalCategory {
                case .control: scalar == "\n"
                case .surrogate: false
                case .format: !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
                default: true
                }
            } && text.contains { !$0.isWhitespace }
    }

    /// The same of one line.
    static func isLine(_ text: String, most longest: Int) -> Bool {
        isText(text, most: longest) && !text.contains(where: \.isNewline)
    }
}
