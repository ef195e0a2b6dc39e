/// What a lower third stands on.
public enum LowerThirdForm: String, CaseIterable, Codable, Sendable {
    /// A dark box with an edge of the accent's colour.
    case box
    /// A thin line above the text; a box only where the picture asks for one.
    case line
    /// A slanted block of the accent's colour.
    case block
}
