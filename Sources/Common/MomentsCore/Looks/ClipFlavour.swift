/// What a style says and how it moves, of which there is one for each style that ships; any other style builds on one.
public enum ClipFlavour: String, CaseIterable, Codable, Sendable {
    /// Dark glass, blue, half a second of dissolve.
    case modern
    /// Letters with serifs on paper, out of black and back.
    case minimalist
    /// Bold, yellow, hard cuts.
    case energetic

    /// What its style is like, in a line.
    public var purpose: String {
        switch self {
        case .modern: "White letters on dark glass with an edge of blue; shots dissolve into each other."
        case .minimalist: "Letters with serifs, a thin line and paper; shots go by way of black."
        case .energetic: "Bold slanted letters on yellow blocks; short shots, hard cuts, words on the pictures."
        }
    }
}
