public import MomentsCore

/// A named stretch of a reel.
public struct ReelChapter: Hashable, Sendable {
    /// Its name.
    public let title: String
    /// Where it starts.
    public let start: MediaTime
    /// Where it ends.
    public let end: MediaTime

    /// Names a stretch.
    public init(title: String, start: MediaTime, end: MediaTime) {
        (self.title, self.start, self.end) = (title, start, end)
    }
}
