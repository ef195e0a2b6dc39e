/// The letters of a text.
public struct ClipLetters: Hashable, Codable, Sendable {
    /// Families, the likeliest first, parted by commas; what none of them has comes from any font that has it.
    public var families: String
    /// How bold: 100–1000, 400 is regular.
    public var weight: Int
    /// Whether it is slanted.
    public var isItalic: Bool

    private enum CodingKeys: String, CodingKey {
        case families
        case weight
        case isItalic = "italic"
    }

    /// Names letters.
    public init(families: String, weight: Int, isItalic: Bool) {
        (self.families, self.weight, self.isItalic) = (families, weight, isItalic)
    }
}
