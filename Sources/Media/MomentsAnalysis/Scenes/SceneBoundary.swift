/// Where one scene gives way to another, in decoded frames from 0.
struct SceneBoundary: Hashable, Codable, Sendable {
    /// The first frame of the new scene; in a gradual transition its middle.
    var frame: Int
    /// How it happens.
    var transition: Transition
    /// The first frame that is a mix; equals `frame` for a clean cut.
    var mixedFrom: Int
    /// The first frame that is the new scene alone; equals `frame` for a clean cut.
    var mixedTo: Int
    /// How sure it is; higher is surer, only for comparing two that are too near to each other.
    var strength: Float

    init(cut frame: Int, strength: Float) {
        self.init(frame: frame, transition: .cut, mixedFrom: frame, mixedTo: frame, strength: strength)
    }

    init(frame: Int, transition: Transition, mixedFrom: Int, mixedTo: Int, strength: Float) {
        self.frame = frame
        self.transition = transition
        self.mixedFrom = mixedFrom
        self.mixedTo = mixedTo
        self.strength = strength
    }
}
