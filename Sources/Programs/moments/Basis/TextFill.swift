/// Text in lines of at most 79 characters.
enum TextFill {
    private static let width = 79

    /// Paragraphs in filled lines; a paragraph whose first line is indented keeps its lines.
    static func lines(_ text: String) -> [String] {
        var lines: [String] = []
        for paragraph in paragraphs(text) {
            if !lines.isEmpty { lines.append("") }
            lines += paragraph[0].hasPrefix("  ") ? paragraph : fill(paragraph.joined(separator: " "), to: width)
        }
        return lines
    }

    /// A head, and beside it filled text; below the head where it is too long.
    ///
    /// - Parameters:
    ///   - head: What stands in front.
    ///   - text: What is filled.
    ///   - column: Where the text begins.
    /// - Returns: The lines.
    static func row(_ head: String, _ text: String, at column: Int) -> [String] {
        let blank = String(repeating: " ", count: column)
        var lines = fill(text, to: width - column).map { blank + $0 }
        guard !head.isEmpty else { return lines }
        guard head.count < column, let first = lines.first else { return [head] + lines }
        lines[0] = head + first.dropFirst(head.count)
        return lines
    }

    /// The paragraphs of a text, each with its lines.
    private static func paragraphs(_ text: String) -> [[String]] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.split(separator: "").map(Array.init)
    }

    private static func fill(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
