/// Makes text that strangers chose (file names, tags) harmless where it is shown.
public enum Escaping {
    /// Text for a terminal, a log line or a status line: one line, no control or direction-changing characters.
    ///
    /// Control characters, line breaks, bidirectional overrides and other invisible format characters become
    /// `\u{…}`; a backslash stays as it is.
    public static func line(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .format, .surrogate, .privateUse, .unassigned:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Text inside HTML elements and quoted attributes.
    public static func html(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in line(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// One field of a CSV line (RFC 4180), guarded against formulas in spreadsheets.
    public static func csv(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let guarded = scalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } == true ? "'" + text : text
        guard scalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return guarded }
        return guarded.unicodeScalars.reduce(into: "\"") { $0 += $1 == "\"" ? "\"\"" : "\($1)" } + "\""
    }
}

extension Escaping {
    /// The start of a text, made harmless for one line; for values shown in messages.
    ///
    /// - Parameters:
    ///   - text: What a stranger wrote, of any length.
    ///   - limit: How many characters of it are shown.
    /// - Returns: At most `limit` characters of it, with "…" behind them where there were more.
    public static func excerpt(_ text: String, limit: Int = 80) -> String {
        let scalars = text.unicodeScalars.prefix(limit)
        let isWhole = scalars.endIndex == text.unicodeScalars.endIndex
        return line(String(String.UnicodeScalarView(scalars))) + (isWhole ? "" : "…")
    }
}
