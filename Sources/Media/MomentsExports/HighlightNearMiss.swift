public import MomentsCore

/// A segment that nearly came into the reel, as `highlight.json` tells of it.
public struct HighlightNearMiss: Encodable, Sendable {
    private let range: TimeRange
    private let score: Double
    private let reasons: [String]

    private enum CodingKeys: String, CodingKey {
        case start = "in"
        case end = "out"
        case score
        case reasons
    }

    /// Makes a near miss.
    ///
    /// - Parameters:
    ///   - range: The segment, on the source's clock.
    ///   - score: How good it is among the candidates: 0–1.
    ///   - reasons: Why it stayed out, in plain words.
    public init(range: TimeRange, score: Double, reasons: [String]) {
        self.range = range
        self.score = score
        self.reasons = reasons
    }

    /// Writes the segment with its times in seconds.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(range.start.exportedSeconds, forKey: .start)
        try values.encode(range.end.exportedSeconds, forKey: .end)
        try values.encode(score.thousandths, forKey: .score)
        try values.encode(reasons, forKey: .reasons)
    }
}
