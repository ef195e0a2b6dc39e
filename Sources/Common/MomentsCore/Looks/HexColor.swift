/// A colour of sRGB as pages write it: `#RRGGBB`.
public struct HexColor: Hashable, Sendable {
    /// Red, green and blue, a byte each: 0xRRGGBB.
    public let value: UInt32

    /// Takes 0xRRGGBB; what stands above that counts for nothing.
    public init(_ value: UInt32) { self.value = value & 0xFF_FFFF }

    /// Reads `#RRGGBB`; nil for anything else.
    public init?(_ text: String) {
        let digits = text.utf8.dropFirst()
        guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6,
            digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt32(text.dropFirst(), radix: 16)
        else { return nil }
        self.value = value
    }

    /// The same as text.
    public var text: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// How bright it looks, 0–1.
    public var luminance: Double {
        func channel(_ shift: UInt32) -> Double { Double(value >> shift & 255) / 255 }
        return Luminance.of(red: channel(16), green: channel(8), blue: channel(0))
    }

    /// How clearly it stands out from another, 1–21.
    public func contrast(to other: HexColor) -> Double { Luminance.contrast(luminance, other.luminance) }
}

extension HexColor: Codable {
    /// Reads `#RRGGBB`.
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        guard let color = HexColor(try value.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: value, debugDescription: "a colour is no #RRGGBB")
        }
        self = color
    }

    /// Writes `#RRGGBB`.
    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(text)
    }
}
