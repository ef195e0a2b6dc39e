/// What a model finds.
public enum ModelKind: String, CaseIterable, Codable, Sendable {
    /// Faces of people.
    case faces
    /// Whole people.
    case people
    /// Things of several classes, which its card names.
    case objects
    /// Which pixels belong to what others found.
    case masks

    /// Those that find something, in the order in which they look.
    public static let finders: [ModelKind] = [.faces, .people, .objects]
}
