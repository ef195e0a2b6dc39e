/// Who is made unrecognizable in everything that is made of a video.
public enum SubjectBlur: String, CaseIterable, Codable, Sendable {
    /// Nobody.
    case off
    /// Faces.
    case faces
    /// People from head to foot, and faces where a model finds them.
    case people

    /// The kind of model without which it cannot be done; nil for none.
    public var needed: ModelKind? {
        switch self {
        case .off: nil
        case .faces: .faces
        case .people: .people
        }
    }

    /// The kinds of models that look for whom to blur.
    public var kinds: [ModelKind] {
        switch self {
        case .off: []
        case .faces: [.faces]
        case .people: [.people, .faces]
        }
    }
}
