public import MomentsCore

/// A card at a reel's start or end: text on black, or a picture.
public struct ReelCard: Hashable, Sendable {
    /// The large text; any, as strangers wrote it.
    public let title: String
    /// A smaller line below it; empty for none.
    public let detail: String
    /// How long it is shown.
    public let duration: MediaTime
    /// What it shows instead of text, of the reel's size; nil for text.
    public var picture: Bitmap?
    /// How long a picture takes to come out of black, in seconds; 0 for at once.
    public var fade = 0.0

    /// Makes a card.
    public init(title: String, detail: String = "", duration: MediaTime) {
        (self.title, self.detail, self.duration) = (title, detail, duration)
    }

    /// How many frames a second a card has in a reel of frames that come so often.
    static func frameRate(like rate: Rational) -> Rational { (10...60).contains(rate.value) ? rate : Rational(25, 1) }
}
