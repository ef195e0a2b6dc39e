/// Who is looked for in a video.
public enum SubjectDetection: String, CaseIterable, Codable, Sendable {
    /// Whatever the models of this machine find; nothing where there are none.
    case auto
    /// Nobody.
    case off
    /// Faces.
    case faces
    /// People.
    case people
    /// Faces, people and objects.
    case all

    /// The kinds of models that are used, in the order in which they look.
    public var kinds: [ModelKind] {
        switch self {
        case .off: []
        case .faces: [.faces]
        case .people: [.people]
        case .auto, .all: ModelKind.finders
        }
    }
}
