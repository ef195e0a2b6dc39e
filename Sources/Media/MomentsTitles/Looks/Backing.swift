internal import MomentsCore

/// What keeps a text apart from the picture below it.
public enum Backing: Hashable, Sendable {
    /// A line around each letter, opaque next to it.
    case outline(TitleColor)
    /// A box of a colour with an opacity, 0–1.
    case box(TitleColor, opacity: Double)

    /// Chooses the least that makes a text readable.
    ///
    /// - Parameters:
    ///   - text: Its colour.
    ///   - box: The colour of a box, if there must be one; one too near to the text's is replaced by black or white.
    ///   - ground: What lies under it.
    /// - Returns: An outline where the picture leaves the text clear by itself, else a box.
    public static func chosen(for text: TitleColor, box: TitleColor, over ground: Ground) -> Backing {
        let apart = apart(from: text, box)
        // Pictures move on between the moments at which they were measured: some is kept in reserve.
        if ground.contrast(to: text) >= Luminance.leastContrast * 1.5 { return .outline(apart) }
        return .box(apart, opacity: max(usual, opacity(of: apart, under: text)))
    }

    /// The colour itself where it keeps a text apart, else black or white.
    static func apart(from text: TitleColor, _ color: TitleColor) -> TitleColor {
        if color.contrast(to: text) >= 2 * Luminance.leastContrast { return color }
        return TitleColor.black.contrast(to: text) > TitleColor.white.contrast(to: text) ? .black : .white
    }

    /// The least opacity with which a box keeps a text apart from whatever lies under both.
    static func opacity(of box: TitleColor, under text: TitleColor) -> Double {
        for step in 0..<100 {
            let opacity = Double(step) / 100
            let seen = [TitleColor.black, .white].map { box.over($0, opacity: opacity) }
            let range = Ground(darkest: seen.map(\.grey).min() ?? 0, brightest: seen.map(\.grey).max() ?? 1)
            // What lies between black and white is seen between the two.
            if range.contrast(to: text) >= Luminance.leastContrast { return opacity + 0.03 }
        }
        return 1
    }

    /// As much of a picture as looks well through a box.
    private static let usual = 0.72
}

extension TitleColor {
    /// The grey that looks as bright, 0–1.
    fileprivate var grey: Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<24 {
            let middle = (low + high) / 2
            if TitleColor(grey: middle).luminance < luminance { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
