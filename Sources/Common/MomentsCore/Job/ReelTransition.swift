/// How one shot of a reel gives way to the next.
public enum ReelTransition: String, CaseIterable, Codable, Sendable {
    /// At once.
    case cut
    /// By way of black, a quarter of a second on each side.
    case fade
}
