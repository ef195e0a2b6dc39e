internal import MomentsCore

/// What lies under a text: how bright the darkest and the brightest of it are.
public struct Ground: Hashable, Sendable {
    /// The darkest, as a coded value, 0–1.
    public let darkest: Double
    /// The brightest, as a coded value, 0–1.
    public let brightest: Double

    /// Describes what lies under a text.
    public init(darkest: Double, brightest: Double) {
        (self.darkest, self.brightest) = (min(darkest, brightest), max(darkest, brightest))
    }

    /// Anything may lie there.
    public static let unknown = Ground(darkest: 0, brightest: 1)

    /// The least contrast between a colour and whatever lies there, 1–21.
    public func contrast(to color: TitleColor) -> Double {
        let (low, high) = (TitleColor(grey: darkest).luminance, TitleColor(grey: brightest).luminance)
        let own = color.luminance
        // Somewhere between the two lies the colour's own brightness.
        if low < own, own < high { return 1 }
        return min(Luminance.contrast(own, low), Luminance.contrast(own, high))
    }
}
