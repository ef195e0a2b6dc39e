/// How titles look and move: letters, colours, shapes.
public struct TitleLook: Hashable, Sendable {
    /// What a lower third stands on.
    public enum Form: Hashable, Sendable {
        /// A dark box with an edge of the accent's colour.
        case box
        /// A thin line above the text; a box only where the picture asks for one.
        case line
        /// A slanted block of the accent's colour.
        case block
    }

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
    public let form: Form
    /// How round corners are, as a share of a frame's shorter side.
    public let radius: Double
}
