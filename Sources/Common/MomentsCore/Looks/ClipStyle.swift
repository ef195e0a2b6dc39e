/// How a product clip looks and moves.
public enum ClipStyle: String, CaseIterable, Codable, Sendable {
    /// Dark glass, blue, half a second of dissolve.
    case modern
    /// Letters with serifs on paper, out of black and back.
    case minimalist
    /// Bold, yellow, hard cuts.
    case energetic

    /// How one shot gives way to the next where nobody chose.
    public var transition: ReelTransition {
        switch self {
        case .modern: .dissolve
        case .minimalist: .fade
        case .energetic: .cut
        }
    }

    /// The pace: how long a shot may be, in seconds.
    public var longestShot: Double {
        switch self {
        case .modern: 5
        case .minimalist: 8
        case .energetic: 3
        }
    }
}
