/// A stretch of a video as a taste sees it: where it is, and its signals; nothing of what it shows.
public struct TasteStretch: Hashable, Codable, Sendable {
    /// Where it begins, in seconds of the video.
    public let start: Double
    /// Where it ends; after `start`.
    public let end: Double
    /// The mean of each signal in it, 0–1; those that the video does not have are missing.
    public let signals: [String: Double]

    private enum CodingKeys: String, CodingKey {
        case start = "in"
        case end = "out"
        case signals
    }

    /// Describes a stretch.
    public init(start: Double, end: Double, signals: [String: Double]) {
        (self.start, self.end, self.signals) = (start, end, signals)
    }

    /// Reads a stretch; one that cannot be does not decode, and unknown signals are dropped.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        start = try values.number(forKey: .start, in: 0...1e9)
        end = try values.number(forKey: .end, in: 0...1e9)
        let known = try values.decode([String: Double].self, forKey: .signals)
        signals = known.filter { TasteSignal(rawValue: $0.key) != nil }
        guard start < end, signals.values.allSatisfy({ (-1...2).contains($0) }) else {
            throw DecodingError.dataCorruptedError(
                forKey: .signals,
                in: values,
                debugDescription: "a stretch ends after it begins, and its signals are from 0 to 1"
            )
        }
    }
}
