/// A segment of the source a person named in a request, in seconds from the first frame.
public struct RequestedRange: Hashable, Codable, Sendable {
    /// Where it starts; not negative.
    public let start: Double
    /// Where it ends; after `start`.
    public let end: Double

    private enum CodingKeys: String, CodingKey {
        case start = "in"
        case end = "out"
    }

    /// Makes a segment; the caller has checked the bounds.
    public init(start: Double, end: Double) {
        self.start = start
        self.end = end
    }

    /// Reads a segment; one outside any video does not decode.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        start = try values.number(forKey: .start, in: 0...1e9)
        end = try values.number(forKey: .end, in: 0...1e9)
    }

    /// The same segment in exact time, to the microsecond.
    public var range: TimeRange { TimeRange(start: MediaTime(seconds: start), end: MediaTime(seconds: end)) }
}
