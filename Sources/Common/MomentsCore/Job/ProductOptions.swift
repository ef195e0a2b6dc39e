/// What a product clip shows of its product.
public struct ProductOptions: Hashable, Codable, Sendable {
    /// The product's name.
    public var name: String
    /// How it looks and moves.
    public var style: StyleName
    /// What people are asked to do, at the end; nil for nothing.
    public var callToAction: String?
    /// The name of a picture of it, beside the video; nil for none.
    public var image: FilePath?

    /// The longest name, in characters.
    public static let longestName = 100
    /// The longest call to action, in characters.
    public static let longestCall = 50

    private enum CodingKeys: String, CodingKey {
        case name = "product_name"
        case style
        case callToAction = "cta_text"
        case image = "product_image"
    }

    /// Describes a product.
    public init(name: String, style: StyleName = .modern, callToAction: String? = nil, image: FilePath? = nil) {
        (self.name, self.style, self.callToAction, self.image) = (name, style, callToAction, image)
    }
}
