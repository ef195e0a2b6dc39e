/// What marks count for that the owner, or the camera, set while recording.
public enum MarkPolicy: String, CaseIterable, Codable, Sendable {
    /// What is before and around each is in the reel.
    case trust
    /// They are one more sign of what is worth seeing.
    case hint
    /// They are not looked for.
    case off
}
