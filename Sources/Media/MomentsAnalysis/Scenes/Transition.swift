/// How one scene gives way to the next.
public enum Transition: String, CaseIterable, Codable, Sendable {
    /// From one frame to the next.
    case cut
    /// Through black, white or another plain frame, or from or to one.
    case fade
    /// One frame blends into the other.
    case dissolve
    /// One frame is pushed aside or uncovered by the other.
    case wipe
}
