/// How much of the video is decoded to find its moments.
public enum AnalysisMode: String, CaseIterable, Codable, Sendable {
    /// As little as a sound choice needs.
    case auto
    /// Every frame.
    case full
}
