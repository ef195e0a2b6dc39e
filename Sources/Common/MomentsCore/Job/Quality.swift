/// How the reel is made: how large, how finely encoded.
public enum Quality: String, CaseIterable, Codable, Sendable {
    /// At most 720 lines.
    case low
    /// At most 1080 lines.
    case medium
    /// The source's own size.
    case high
    /// As near to the source as can be.
    case original
    /// `original` where the source plays everywhere and its cuts can be exact, else `high`.
    case auto
}
