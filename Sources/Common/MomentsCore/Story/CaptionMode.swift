/// What becomes of the words of a reel, beside `highlight.vtt`.
public enum CaptionMode: String, CaseIterable, Codable, Sendable {
    case off
    /// They are written on its pictures.
    case burn
}
