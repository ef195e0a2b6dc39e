/// How one shot of a reel gives way to the next.
public enum ReelTransition: String, CaseIterable, Codable, Sendable {
    /// At once.
    case cut
    /// One out of the other: both are seen and heard for up to half a second.
    case dissolve
    /// By way of black, a quarter of a second on each side.
    case fade
}
