public import MomentsCore
public import MomentsEncoding

/// One shot of a reel that has been written, as its maker knows it.
public struct ReelShot: Hashable, Codable, Sendable {
    /// The segment of the source it shows; empty where that could not be decoded.
    public let range: TimeRange
    /// Where the reel shows it; empty where the segment is.
    public let place: TimeRange
    /// What of it was taken over without encoding.
    public internal(set) var copy: ShotCopy
    /// How its first and last frame were meant to look.
    public let edges: ShotEdges
    /// How loud the reel is meant to be around its start; nil without audio.
    public let mark: AudioMark?

    /// Whether the reel shows anything of it.
    public var isShown: Bool { range.duration > .zero }
}
