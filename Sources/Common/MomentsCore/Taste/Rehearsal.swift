/// What a worker chose that was to do nothing else, and by what: for those who measure tastes.
public struct Rehearsal: Hashable, Codable, Sendable {
    /// The name of its file in the staging folder.
    public static let name = "rehearsal.json"

    /// The reel's shots, in order.
    public let shots: [RequestedRange]
    /// What was nearly chosen, best first.
    public let nearMisses: [RequestedRange]
    /// Seconds between entries of the curves.
    public let interval: Double
    /// What a taste can be for or against, 0–1, by the signals' names.
    public let curves: [String: [Float]]

    private enum CodingKeys: String, CodingKey {
        case shots
        case nearMisses = "near_misses"
        case interval
        case curves
    }

    /// Describes a choice.
    public init(
        shots: [RequestedRange],
        nearMisses: [RequestedRange],
        interval: Double,
        curves: [String: [Float]]
    ) {
        (self.shots, self.nearMisses, self.interval, self.curves) = (shots, nearMisses, interval, curves)
    }
}
