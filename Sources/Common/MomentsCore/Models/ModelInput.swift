/// The picture a network wants.
public struct ModelInput: Hashable, Codable, Sendable {
    /// The order of a pixel's colours.
    public enum Colors: String, Codable, Sendable {
        case rgb
        case bgr
    }

    /// Width in pixels: of every picture, or the most where sides may vary.
    public let width: Int
    /// Height in pixels, likewise.
    public let height: Int
    /// What each side must be a multiple of where sides may vary; nil where they may not.
    public let multiple: Int?
    /// What is taken off red, green and blue (0–255), in the order of `colors`.
    public let mean: [Float]
    /// What the rest is multiplied by, in that order.
    public let scale: [Float]
    /// The order of a pixel's colours.
    public let colors: Colors
    /// Whether the picture is stretched to the sides instead of keeping its shape beside an empty margin.
    public let stretches: Bool

    private enum CodingKeys: String, CodingKey {
        case width
        case height
        case multiple
        case mean
        case scale
        case colors
        case stretches = "stretch"
    }

    /// Describes a picture.
    public init(
        width: Int,
        height: Int,
        multiple: Int? = nil,
        mean: [Float] = [0, 0, 0],
        scale: [Float] = [1, 1, 1],
        colors: Colors = .bgr,
        stretches: Bool = false
    ) {
        (self.width, self.height, self.multiple) = (width, height, multiple)
        (self.mean, self.scale, self.colors, self.stretches) = (mean, scale, colors, stretches)
    }

    /// Reads a description; only the sides must be there.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            width: try values.decode(Int.self, forKey: .width),
            height: try values.decode(Int.self, forKey: .height),
            multiple: try values.decodeIfPresent(Int.self, forKey: .multiple),
            mean: try values.decodeIfPresent([Float].self, forKey: .mean) ?? [0, 0, 0],
            scale: try values.decodeIfPresent([Float].self, forKey: .scale) ?? [1, 1, 1],
            colors: try values.decodeIfPresent(Colors.self, forKey: .colors) ?? .bgr,
            stretches: try values.decodeIfPresent(Bool.self, forKey: .stretches) ?? false
        )
    }
}
