/// The means over the reels of several clips.
public struct JudgedSummary: Encodable, Sendable {
    /// How many clips there are.
    public let clips: Int
    /// The mean share of the best; nil where no clip has any event.
    public let recallOfBest: Double?
    /// The mean length as a share of what was asked for.
    public let length: Double?
    /// The mean share of random reels of the same length that were beaten.
    public let rank: Double?
    /// How often the reel was better than one of the same length spread evenly.
    public let betterThanUniform: Int
    /// How often that could be told.
    public let comparedWithUniform: Int
    /// The mean share of a reel that had better not be shown.
    public let avoid: Double?
    /// The mean share of a reel that is black, a title, a logo, blurred or damaged.
    public let avoidHard: Double?
    /// The mean share of a reel inside events.
    public let inEvents: Double?
    /// The mean number of edges inside an event.
    public let cutInMiddle: Double?
    /// The mean number of flashes of another shot.
    public let slivers: Double?
    /// The mean share of the best of reels of the same length drawn at random.
    public let random: Double?
    /// The mean of what 95 % of those do not exceed.
    public let randomHigh: Double?
    /// The mean share of the best of reels of the same length spread evenly.
    public let uniform: Double?
    /// What their posters are like; nil where nobody knows.
    public let posters: JudgedPosters?

    private enum CodingKeys: String, CodingKey {
        case clips
        case recallOfBest = "recall_of_best"
        case length
        case rank
        case betterThanUniform = "better_than_uniform"
        case comparedWithUniform = "compared_with_uniform"
        case avoid
        case avoidHard = "avoid_hard"
        case inEvents = "in_events"
        case cutInMiddle = "cut_in_middle"
        case slivers
        case random
        case randomHigh = "random_p95"
        case uniform
        case posters
    }

    /// Takes the means, each over the clips that have the figure.
    public init(of results: [JudgedResult]) {
        clips = results.count
        recallOfBest = results.mean(\.score.recallOfBest)
        length = results.mean(\.length)
        rank = results.mean { $0.random?.rank }
        let pairs = results.compactMap { result in
            result.score.recallOfBest.flatMap { own in result.uniform?.recallOfBest.map { (own, $0) } }
        }
        betterThanUniform = pairs.count { $0.0 > $0.1 + 1e-9 }
        comparedWithUniform = pairs.count
        avoid = results.mean(\.score.avoid)
        avoidHard = results.mean(\.score.avoidHard)
        inEvents = results.mean(\.score.inEvents)
        cutInMiddle = results.mean(\.score.cutInMiddle)
        slivers = results.mean(\.score.slivers)
        random = results.mean { $0.random?.mean.recallOfBest }
        randomHigh = results.mean { $0.random?.high }
        uniform = results.mean { $0.uniform?.recallOfBest }
        posters = JudgedPosters(of: results.compactMap(\.poster))
    }
}
