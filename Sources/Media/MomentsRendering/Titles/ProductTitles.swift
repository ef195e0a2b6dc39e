public import MomentsCore
public import MomentsEncoding

/// What a product clip shows of its product.
public struct ProductTitles: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// What to do, on the last card; empty for nothing.
    public let callToAction: String
    /// How all of it looks and moves.
    public let style: ClipStyle
    /// The product; nil without a picture.
    public let picture: Bitmap?

    /// Describes a product.
    public init(name: String, callToAction: String, style: ClipStyle, picture: Bitmap?) {
        (self.name, self.callToAction, self.style, self.picture) = (name, callToAction, style, picture)
    }

    /// The card at the end, not painted yet.
    public var closing: ReelCard {
        var card = ReelCard(title: name, detail: callToAction, duration: style.flavour.cardDuration)
        card.fade = style.flavour == .energetic ? 0 : 0.4
        return card
    }
}

extension ClipFlavour {
    /// How long the card at the end is shown.
    var cardDuration: MediaTime {
        switch self {
        case .modern: MediaTime(ticks: 3, timescale: 1)
        case .minimalist: MediaTime(ticks: 7, timescale: 2)
        case .energetic: MediaTime(ticks: 5, timescale: 2)
        }
    }

    /// How long a title stays, in seconds.
    var hold: Double {
        switch self {
        case .modern: 4.5
        case .minimalist: 5
        case .energetic: 3.5
        }
    }

    /// How a title comes, and goes: from the side it stands at.
    ///
    /// - Parameters:
    ///   - width: The frame's width in pixels.
    ///   - height: Its height.
    ///   - isRight: Whether it stands at the right.
    ///   - reach: From the frame's edge to the title's farther one, in pixels.
    /// - Returns: How it comes, and how it goes.
    func motion(_ width: Int, _ height: Int, isRight: Bool, reach: Int) -> Overlay.Motion {
        let sign = isRight ? 1 : -1
        return switch self {
        case .modern: Overlay.Motion(duration: 0.5, x: sign * width / 12)
        case .minimalist: Overlay.Motion(duration: 0.7, y: height / 40)
        case .energetic: Overlay.Motion(duration: 0.35, x: sign * reach)
        }
    }
}
