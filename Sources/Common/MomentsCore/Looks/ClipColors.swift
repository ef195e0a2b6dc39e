/// The colours of a style.
public struct ClipColors: Hashable, Codable, Sendable {
    /// That of text over pictures.
    public var text: HexColor
    /// That of boxes under it.
    public var box: HexColor
    /// The one that catches the eye.
    public var accent: HexColor
    /// That of text on the accent.
    public var onAccent: HexColor
    /// That of a card's ground above.
    public var cardTop: HexColor
    /// What it becomes below.
    public var cardBottom: HexColor
    /// That of text on cards.
    public var onCard: HexColor

    private enum CodingKeys: String, CodingKey {
        case text
        case box
        case accent
        case onAccent = "on_accent"
        case cardTop = "card_top"
        case cardBottom = "card_bottom"
        case onCard = "on_card"
    }
}
