internal import MomentsCore

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
    public var luminance: Double { Luminance.of(red: red, green: green, blue: blue) }

    /// How clearly it stands out from another, 1–21 (WCAG 2).
    public func contrast(to other: TitleColor) -> Double { Luminance.contrast(luminance, other.luminance) }

    /// What is seen of it, laid over another with an opacity.
    func over(_ ground: TitleColor, opacity: Double) -> TitleColor {
        func mixed(_ own: Double, _ other: Double) -> Double { own * opacity + other * (1 - opacity) }
        return TitleColor(
            red: mixed(red, ground.red),
            green: mixed(green, ground.green),
            blue: mixed(blue, ground.blue)
        )
    }
}
