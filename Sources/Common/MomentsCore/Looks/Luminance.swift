internal import Glibc

/// How bright colours look, and how clearly one stands out from another (WCAG 2).
public enum Luminance {
    /// The contrast every text has at least (WCAG 2, AA).
    public static let leastContrast = 4.5

    /// The relative luminance of a colour of sRGB whose channels are 0–1 each.
    public static func of(red: Double, green: Double, blue: Double) -> Double {
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// How clearly two luminances stand out from each other, 1–21.
    public static func contrast(_ one: Double, _ other: Double) -> Double {
        (max(one, other) + 0.05) / (min(one, other) + 0.05)
    }

    /// Light per channel of a coded value, both 0–1.
    private static func linear(_ value: Double) -> Double {
        value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
}
