/// How a product clip looks and moves.
public enum ClipStyle: String, CaseIterable, Codable, Sendable {
    /// Dark glass, blue, half a second of dissolve.
    case modern
    /// Letters with serifs on paper, out of black and back.
    case minimalist
    /// Bold, yellow, hard cuts.
    case energetic
}
