/// How a style's titles and cards look: letters, colours, shapes.
public struct ClipLook: Hashable, Codable, Sendable {
    /// The letters of titles.
    public var title: ClipLetters
    /// The letters of what stands below them.
    public var detail: ClipLetters
    /// The colours.
    public var colors: ClipColors
    /// What a lower third stands on.
    public var form: LowerThirdForm
    /// How round corners are, as a share of a frame's shorter side.
    public var radius: Double
}
