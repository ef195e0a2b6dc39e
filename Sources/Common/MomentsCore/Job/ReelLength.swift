/// What becomes of a reel where less stands out than was asked for.
public enum ReelLength: String, Codable, CaseIterable, Sendable {
    /// It is filled with the next best.
    case fill
    /// It stays short: only what stands out is shown.
    case best
}
