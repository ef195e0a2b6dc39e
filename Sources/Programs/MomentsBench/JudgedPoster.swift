/// How good the moment of a poster is, against the times a person found good and bad ones.
public struct JudgedPoster: Encodable, Sendable {
    /// When its picture is shown, in seconds.
    public let time: Double
    /// Whether it lies within a second of a good time.
    public let isGood: Bool
    /// Whether a good time is nearer than every bad one.
    public let isNearer: Bool
    /// Whether it lies within half a second of a bad time.
    public let isBad: Bool
    /// The share of the reel that lies within a second of a good time: what any of its pictures reaches.
    public let goodByChance: Double
    /// The share of the reel that lies within half a second of a bad time.
    public let badByChance: Double

    private enum CodingKeys: String, CodingKey {
        case time
        case isGood = "good"
        case isNearer = "nearer_to_good"
        case isBad = "bad"
        case goodByChance = "good_by_chance"
        case badByChance = "bad_by_chance"
    }

    /// Measures a poster; nil where nobody knows when its picture is shown, or nothing was found good.
    ///
    /// - Parameters:
    ///   - time: When its picture is shown; nil where nobody knows.
    ///   - shots: The reel's stretches of the video, none twice.
    ///   - posters: What a person found.
    init?(at time: Double?, in shots: [Span], _ posters: JudgedTruth.Posters) {
        guard let time, !posters.good.isEmpty else { return nil }
        func distance(to times: [Double]) -> Double { times.map { abs($0 - time) }.min() ?? .infinity }
        self.time = time
        isGood = distance(to: posters.good) <= Self.near
        isNearer = distance(to: posters.good) < distance(to: posters.bad)
        isBad = distance(to: posters.bad) <= Self.tooNear
        func share(of times: [Double], _ reach: Double) -> Double {
            let around = times.map { Span($0 - reach, $0 + reach) }.merged
            return shots.reduce(0) { $0 + around.overlap($1) } / max(shots.seconds, 1e-9)
        }
        goodByChance = share(of: posters.good, Self.near)
        badByChance = share(of: posters.bad, Self.tooNear)
    }

    /// Seconds within which a poster is at a good time.
    private static let near = 1.0
    /// Seconds within which it is at a bad one.
    private static let tooNear = 0.5
}
