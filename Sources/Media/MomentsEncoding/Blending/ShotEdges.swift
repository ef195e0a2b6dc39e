public import MomentsMedia

/// How a shot's first and last frames were meant to look; nil for one that was copied, or for none.
public struct ShotEdges: Hashable, Codable, Sendable {
    /// The first frame.
    public var first: FrameSketch?
    /// The last frame.
    public var last: FrameSketch?

    /// How many values a sketch keeps: some 100 kB for each edge.
    public static let limit = 100_000

    /// Makes edges of which nothing is known yet.
    public init() {}
}
