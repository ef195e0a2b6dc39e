/// What a model finds.
public enum ModelKind: String, CaseIterable, Codable, Sendable {
    /// Faces of people.
    case faces
    /// Whole people.
    case people
    /// Things of several classes, which its card names.
    case objects
}
