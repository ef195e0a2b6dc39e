/// The means over the posters of several clips.
public struct JudgedPosters: Encodable, Sendable {
    /// How many posters there are.
    public let clips: Int
    /// The share of them within a second of a good time.
    public let good: Double
    /// The share of them nearer to a good time than to any bad one.
    public let nearer: Double
    /// The share of them within half a second of a bad time.
    public let bad: Double
    /// The share of good ones among all pictures of the reels.
    public let goodByChance: Double
    /// The share of bad ones among all pictures of the reels.
    public let badByChance: Double

    private enum CodingKeys: String, CodingKey {
        case clips
        case good
        case nearer = "nearer_to_good"
        case bad
        case goodByChance = "good_by_chance"
        case badByChance = "bad_by_chance"
    }

    /// Takes the means; nil of none.
    public init?(of posters: [JudgedPoster]) {
        guard let good = posters.mean({ $0.isGood ? 1 : 0 }), let nearer = posters.mean({ $0.isNearer ? 1 : 0 }),
            let bad = posters.mean({ $0.isBad ? 1 : 0 }), let goodByChance = posters.mean(\.goodByChance),
            let badByChance = posters.mean(\.badByChance)
        else { return nil }
        clips = posters.count
        (self.good, self.nearer, self.bad) = (good, nearer, bad)
        (self.goodByChance, self.badByChance) = (goodByChance, badByChance)
    }
}
