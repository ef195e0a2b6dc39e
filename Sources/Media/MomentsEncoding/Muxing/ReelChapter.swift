public import MomentsCore

/// A named segment of a reel.
public struct ReelChapter: Hashable, Sendable {
    /// Its name.
    public let title: String
    /// Where it starts.
    public let start: MediaTime
    /// Where it ends.
    public let end: MediaTime

    /// Names a segment.
    public init(title: String, start: MediaTime, end: MediaTime) {
        (self.title, self.start, self.end) = (title, start, end)
    }
}
