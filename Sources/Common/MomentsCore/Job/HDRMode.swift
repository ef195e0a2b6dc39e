/// What becomes of HDR frames where they are encoded; copied ones stay as they are.
public enum HDRMode: String, CaseIterable, Codable, Sendable {
    /// They become ordinary ones, which every screen shows as they were meant.
    case tonemap
    /// They stay HDR: H.265 of 10 bits with the source's colours.
    case keep
}
