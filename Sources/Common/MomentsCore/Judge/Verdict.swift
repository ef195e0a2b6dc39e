/// What a judge thinks of one window of a video.
public struct Verdict: Hashable, Codable, Sendable {
    /// Where the window begins, in seconds of the video.
    public let start: Double
    /// Where it ends, in seconds; after `start`.
    public let end: Double
    /// How much the judge wants it in the reel: 0 not at all, 10 by all means.
    public let score: Double
    /// Why, in the judge's words; nil where it said nothing.
    public let reason: String?

    private enum CodingKeys: String, CodingKey {
        case start = "in"
        case end = "out"
        case score
        case reason
    }

    /// Makes a verdict.
    public init(start: Double, end: Double, score: Double, reason: String? = nil) {
        self.start = start
        self.end = end
        self.score = score
        self.reason = reason
    }
}
