/// A language in which scripts can be written and spoken.
public enum StoryLanguage: String, CaseIterable, Codable, Sendable {
    case english = "en"
    case german = "de"
    case french = "fr"
    case spanish = "es"
    case turkish = "tr"
}
