public import MomentsCore

/// How titles look and move: letters, colours, shapes.
public struct TitleLook: Hashable, Sendable {
    /// The letters of titles.
    public let title: Typeface
    /// The letters of what stands below them, and of captions.
    public let detail: Typeface
    /// The colour of text over pictures.
    public let text: TitleColor
    /// The colour of boxes under it.
    public let box: TitleColor
    /// The colour that catches the eye.
    public let accent: TitleColor
    /// The colour of text on that.
    public let onAccent: TitleColor
    /// The ground of cards.
    public let ground: CardGround
    /// The colour of text on cards.
    public let onGround: TitleColor
    /// What a lower third stands on.
    public let form: LowerThirdForm
    /// How round corners are, as a share of a frame's shorter side.
    public let radius: Double
}
