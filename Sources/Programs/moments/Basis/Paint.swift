internal import Glibc

/// Colour for people at a terminal; none elsewhere, and none where NO_COLOR is set (no-color.org).
enum Paint {
    /// What a text is to look like.
    enum Tone: String {
        case good = "32"
        case doubtful = "33"
        case bad = "31"
        case strong = "1"
        case faint = "2"
    }

    /// Whether the standard output shows colours.
    static let isOn: Bool = {
        let refusal = getenv("NO_COLOR").map { String(cString: $0) } ?? ""
        let terminal = getenv("TERM").map { String(cString: $0) } ?? "dumb"
        return refusal.isEmpty && terminal != "dumb" && isatty(STDOUT_FILENO) == 1
    }()

    /// The text in a tone.
    static func text(_ text: String, _ tone: Tone) -> String {
        isOn && !text.isEmpty ? "\u{1b}[\(tone.rawValue)m\(text)\u{1b}[0m" : text
    }
}
