/// Where one shot gives way to another, in decoded pictures from 0.
struct ShotBoundary: Equatable {
    /// The first picture of the new shot; in a gradual transition its middle.
    var picture: Int
    /// How it happens.
    var transition: Transition
    /// The first picture that is a mix; equals `picture` for a clean cut.
    var mixedFrom: Int
    /// The first picture that is the new shot alone; equals `picture` for a clean cut.
    var mixedTo: Int
    /// How sure it is; higher is surer, only for comparing two that are too near to each other.
    var strength: Float

    init(cut picture: Int, strength: Float) {
        self.init(picture: picture, transition: .cut, mixedFrom: picture, mixedTo: picture, strength: strength)
    }

    init(picture: Int, transition: Transition, mixedFrom: Int, mixedTo: Int, strength: Float) {
        self.picture = picture
        self.transition = transition
        self.mixedFrom = mixedFrom
        self.mixedTo = mixedTo
        self.strength = strength
    }
}
