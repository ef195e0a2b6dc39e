/// Everything that is known of one reel of one judged clip, beside reels of the same length made without looking.
public struct JudgedResult: Encodable, Sendable {
    /// An event of some weight that the reel does not show, or less than half of.
    public struct Missed: Encodable, Sendable {
        /// Where it starts, in seconds.
        public let start: Double
        /// Where it ends.
        public let end: Double
        /// What it is worth.
        public let weight: Double
        /// What happens.
        public let why: String
        /// How much of it is shown: 0–1.
        public let covered: Double
        /// Whether near misses hold half of it.
        public let nearMiss: Bool

        private enum CodingKeys: String, CodingKey {
            case start = "in"
            case end = "out"
            case weight
            case why
            case covered
            case nearMiss = "near_miss"
        }
    }

    /// What 200 draws give, and what the reel is among them.
    public struct Draws: Encodable, Sendable {
        /// Their mean.
        public let mean: JudgedScore
        /// The share of the best that 95 % of them do not exceed.
        public let high: Double?
        /// The share of them that the reel beats, a draw beaten by half where they are as good; nil without any event.
        public let rank: Double?

        private enum CodingKeys: String, CodingKey {
            case high = "recall_of_best_p95"
            case rank
        }

        /// Writes the figures of the mean and the two others in one object.
        public func encode(to encoder: any Encoder) throws {
            try mean.encode(to: encoder)
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encodeIfPresent(high, forKey: .high)
            try values.encodeIfPresent(rank, forKey: .rank)
        }
    }

    /// How sure the judge of the clip was.
    public let confidence: String
    /// The kind of clip.
    public let group: String
    /// The number of shots.
    public let shots: Int
    /// Seconds of the video that it shows.
    public let sourceSeconds: Double
    /// How long the reel was to be; nil where it does not say.
    public let target: Double?
    /// How long it became, as a share of the target, or of a shorter clip.
    public let length: Double
    /// What is doubtful of the comparison; nil where nothing is.
    public let warning: String?
    /// Its figures.
    public let score: JudgedScore
    /// The events it shows whole.
    public let whole: JudgedWhole
    /// Its edges that lie where they should not.
    public let edges: JudgedEdges
    /// Its poster; nil where nobody knows when it is, or what would be a good one.
    public let poster: JudgedPoster?
    /// Events of weight 4 or 5 that it does not show.
    public let missed: [Missed]
    /// The figures of a reel spread evenly; nil beside an empty reel.
    public let uniform: JudgedScore?
    /// The figures of the clip's beginning.
    public let first: JudgedScore?
    /// The figures of reels drawn at random.
    public let random: Draws?

    private enum CodingKeys: String, CodingKey {
        case confidence
        case group
        case shots
        case sourceSeconds = "source_seconds"
        case target = "target_duration"
        case length
        case warning
        case score = "reel"
        case edges = "cut_in_middle"
        case slivers
        case poster
        case missed = "events_missed"
        case uniform
        case first
        case random
    }

    private enum WholeKeys: String, CodingKey {
        case recall = "recall_whole"
        case best = "whole_best"
    }

    /// Scores a reel.
    ///
    /// - Parameters:
    ///   - reel: The reel.
    ///   - truth: What is known of the video.
    ///   - draws: How many reels are drawn at random.
    public init(of reel: JudgedReel, against truth: JudgedTruth, draws: UInt32 = 200) {
        let duration = truth.duration
        let shots = reel.shots.map { Span(max(0, $0.start), min(duration, $0.end)) }.filter { $0.seconds > 0 }
        let merged = shots.merged
        let seconds = merged.seconds
        confidence = truth.confidence
        group = truth.group
        self.shots = shots.count
        sourceSeconds = seconds
        target = reel.target
        let goal = reel.target.map { $0 > 0 ? min($0, duration) : duration } ?? duration
        length = (reel.seconds.flatMap { $0 > 0 ? $0 : nil } ?? seconds) / goal
        warning = reel.duration.flatMap { said in
            abs(said - duration) > 0.5 ? "the truth is of \(duration) s, the reel of a video of \(said) s" : nil
        }
        let score = JudgedScore(of: shots, against: truth)
        self.score = score
        whole = JudgedWhole(of: merged, against: truth)
        edges = JudgedEdges(of: shots, against: truth)
        poster = JudgedPoster(at: reel.posterTime, in: merged, truth.posters)
        missed = Self.missed(truth.events, merged, reel.nearMisses.filter { $0.seconds > 0 }.merged)
        guard seconds > 0 else {
            (uniform, first, random) = (nil, nil, nil)
            return
        }
        func blind(_ shots: [Span]) -> JudgedScore { JudgedScore(of: shots, against: truth, length: seconds) }
        uniform = blind(JudgedChance.uniform(over: duration, length: seconds))
        first = blind([Span(0, min(duration, seconds))])
        random = Self.draws(
            (0..<draws).map { blind(JudgedChance.random(over: duration, length: seconds, seed: $0)) },
            beside: score.recallOfBest
        )
    }

    /// Writes the figures under the names other scorers use.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(confidence, forKey: .confidence)
        try values.encode(group, forKey: .group)
        try values.encode(shots, forKey: .shots)
        try values.encode(sourceSeconds, forKey: .sourceSeconds)
        try values.encodeIfPresent(target, forKey: .target)
        try values.encode(length, forKey: .length)
        try values.encodeIfPresent(warning, forKey: .warning)
        let reel = values.superEncoder(forKey: .score)
        try score.encode(to: reel)
        var wholes = reel.container(keyedBy: WholeKeys.self)
        try wholes.encodeIfPresent(whole.recall, forKey: .recall)
        try wholes.encodeIfPresent(whole.best, forKey: .best)
        try values.encode(edges.inMiddle, forKey: .edges)
        try values.encode(edges.slivers, forKey: .slivers)
        try values.encodeIfPresent(poster, forKey: .poster)
        try values.encode(missed, forKey: .missed)
        try values.encodeIfPresent(uniform, forKey: .uniform)
        try values.encodeIfPresent(first, forKey: .first)
        try values.encodeIfPresent(random, forKey: .random)
    }

    private static func missed(
        _ events: [JudgedTruth.Event],
        _ reel: [Span],
        _ nearMisses: [Span]
    ) -> [Missed] {
        events.filter { $0.weight >= 4 && $0.share(in: reel) < 0.5 }.map { event in
            Missed(
                start: event.span.start,
                end: event.span.end,
                weight: event.weight,
                why: event.why,
                covered: event.share(in: reel),
                nearMiss: event.share(in: nearMisses) >= 0.5
            )
        }
    }

    private static func draws(_ scores: [JudgedScore], beside own: Double?) -> Draws {
        let sorted = scores.compactMap(\.recallOfBest).sorted()
        let high = sorted.isEmpty ? nil : sorted[min(sorted.count - 1, Int(0.95 * Double(sorted.count)))]
        let rank = own.flatMap { own in
            sorted.mean { other in own > other + 1e-9 ? 1 : abs(own - other) <= 1e-9 ? 0.5 : 0 }
        }
        return Draws(mean: JudgedScore(meanOf: scores), high: high, rank: rank)
    }
}
