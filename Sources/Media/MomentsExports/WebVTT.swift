internal import MomentsCore

/// What WebVTT asks of text.
enum WebVTT {
    /// Text of a cue: one line in which nothing is markup or an arrow.
    static func escaped(_ text: String) -> String {
        Escaping.line(text).reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
    }
}
