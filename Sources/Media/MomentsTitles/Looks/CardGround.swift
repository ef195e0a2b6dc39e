/// The ground of cards: one colour above that becomes another below.
public struct CardGround: Hashable, Sendable {
    /// The colour above.
    public let top: TitleColor
    /// The colour below.
    public let bottom: TitleColor

    /// Names the colours.
    public init(_ top: TitleColor, _ bottom: TitleColor) { (self.top, self.bottom) = (top, bottom) }
}
