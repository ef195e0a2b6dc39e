/// How many frames may be decoded for a poster: many of a short video, next to none of a long one.
struct PosterBudget {
    /// Frames that may still be decoded.
    private(set) var left: Int
    /// The most of them for one candidate, so that others can be compared with it.
    private let most: Int

    /// Reckons what a video can afford.
    ///
    /// - Parameter frames: How many it has.
    init(frames: Int) {
        let ofShort = min(frames / 8, Self.most - frames / 16)
        left = max(Self.least, frames / 200, ofShort)
        most = left / 2
    }

    /// Takes what a candidate needs.
    ///
    /// - Parameter frames: The frames to be decoded for it.
    /// - Returns: Whether that much was left.
    mutating func takes(_ frames: Int) -> Bool {
        guard frames <= min(most, left) else { return false }
        left -= frames
        return true
    }

    /// Frames that every video can afford.
    private static let least = 48
    /// What a video of no length could afford, of which longer ones lose.
    private static let most = 300
}
