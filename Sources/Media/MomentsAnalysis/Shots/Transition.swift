/// How one scene gives way to the next.
public enum Transition: String, CaseIterable, Codable, Sendable {
    /// From one picture to the next.
    case cut
    /// Through black, white or another plain picture, or from or to one.
    case fade
    /// One picture blends into the other.
    case dissolve
    /// One picture is pushed aside or uncovered by the other.
    case wipe
}
