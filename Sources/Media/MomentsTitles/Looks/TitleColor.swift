internal import Glibc

/// A colour of sRGB.
public struct TitleColor: Hashable, Sendable {
    /// Red, 0–1.
    public let red: Double
    /// Green, 0–1.
    public let green: Double
    /// Blue, 0–1.
    public let blue: Double

    /// Names a colour by its channels, 0–1 each.
    public init(red: Double, green: Double, blue: Double) {
        (self.red, self.green, self.blue) = (red, green, blue)
    }

    /// Names a colour as pages do: 0xRRGGBB.
    public init(_ hex: UInt32) {
        func channel(_ shift: UInt32) -> Double { Double(hex >> shift & 255) / 255 }
        self.init(red: channel(16), green: channel(8), blue: channel(0))
    }

    /// A grey, 0–1.
    public init(grey: Double) { self.init(red: grey, green: grey, blue: grey) }

    /// White.
    public static let white = TitleColor(grey: 1)
    /// Black.
    public static let black = TitleColor(grey: 0)

    /// How bright it looks, 0–1 (the relative luminance of WCAG 2).
    public var luminance: Double {
        0.2126 * Self.linear(red) + 0.7152 * Self.linear(green) + 0.0722 * Self.linear(blue)
    }

    /// How clearly it stands out from another, 1–21 (WCAG 2).
    public func contrast(to other: TitleColor) -> Double {
        Self.contrast(luminance, other.luminance)
    }

    /// How clearly two luminances stand out from each other, 1–21.
    static func contrast(_ one: Double, _ other: Double) -> Double {
        (max(one, other) + 0.05) / (min(one, other) + 0.05)
    }

    /// What is seen of it, laid over another with an opacity.
    func over(_ ground: TitleColor, opacity: Double) -> TitleColor {
        func mixed(_ own: Double, _ other: Double) -> Double { own * opacity + other * (1 - opacity) }
        return TitleColor(
            red: mixed(red, ground.red),
            green: mixed(green, ground.green),
            blue: mixed(blue, ground.blue)
        )
    }

    /// Light per channel of a coded value, both 0–1.
    static func linear(_ value: Double) -> Double {
        value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
}
