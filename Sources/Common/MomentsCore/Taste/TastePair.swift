/// What a person prefers: this stretch of a video rather than that one.
public struct TastePair: Hashable, Codable, Sendable {
    /// What is shown, or wanted.
    public let better: TasteStretch
    /// What is not.
    public let worse: TasteStretch
    /// How much it counts: 1 for what a person said with one pin or ban, less for what is only gathered from it.
    public let weight: Double

    /// Makes a pair.
    public init(_ better: TasteStretch, over worse: TasteStretch, weight: Double) {
        (self.better, self.worse, self.weight) = (better, worse, weight)
    }

    /// Reads a pair; a weight that is not from 0 to 1 does not decode.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        better = try values.decode(TasteStretch.self, forKey: .better)
        worse = try values.decode(TasteStretch.self, forKey: .worse)
        weight = try values.number(forKey: .weight, in: 0...1)
    }
}
