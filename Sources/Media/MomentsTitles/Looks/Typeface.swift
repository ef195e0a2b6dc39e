/// The letters of a text.
public struct Typeface: Hashable, Sendable {
    /// Families, the likeliest first, parted by commas; what none of them has comes from any font that has it.
    public let families: String
    /// How bold: 100–1000, 400 is regular.
    public let weight: Int
    /// Whether it is slanted.
    public let isItalic: Bool

    /// Names letters.
    public init(families: String, weight: Int = 400, isItalic: Bool = false) {
        (self.families, self.weight, self.isItalic) = (families, weight, isItalic)
    }
}
