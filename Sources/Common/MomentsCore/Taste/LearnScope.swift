/// From whose edits the choice of moments learns.
public enum LearnScope: String, CaseIterable, Codable, Sendable {
    /// From nobody's.
    case off
    /// From those of reels of the same first folder below the inbox.
    case folder
    /// From those of reels of the same preset.
    case preset
}
