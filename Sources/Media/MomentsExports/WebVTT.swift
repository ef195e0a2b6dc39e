internal import MomentsCore

/// What WebVTT asks of text.
enum WebVTT {
    /// Text of a cue: one line in which nothing is markup or an arrow.
    static func escaped(_ text: String) -> String {
        // By scalars: a mark that combines would hide a sign from a look at characters.
        Escaping.line(text).unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
