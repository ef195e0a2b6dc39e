/// Whether it is told which pixels belong to whom.
public enum MaskMode: String, CaseIterable, Codable, Sendable {
    /// Of whoever is followed through chosen moments, by a model where there is one, else by colours.
    case auto
    /// Of nobody.
    case off
}
