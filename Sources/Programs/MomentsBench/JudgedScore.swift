/// How much of what a person would choose a reel shows.
public struct JudgedScore: Hashable, Encodable, Sendable {
    /// Events shown, by weight: a half shown counts half; nil without any event.
    public let recall: Double?
    /// The highest recall that any choice of the same length can reach.
    public let best: Double?
    /// Recall as a share of the best: 1 where nobody could do better with that length.
    public let recallOfBest: Double?
    /// Share of the reel that had better not be shown; nil of an empty reel.
    public let avoid: Double?
    /// Share of the reel that is black, a title, a logo, blurred or damaged.
    public let avoidHard: Double?
    /// Share of the reel inside events.
    public let inEvents: Double?
    /// Starts and ends of shots inside an event; of several reels, their mean.
    public let cutInMiddle: Double
    /// Starts and ends of shots that let a flash of another shot be seen; of several reels, their mean.
    public let slivers: Double

    private enum CodingKeys: String, CodingKey {
        case recall
        case best
        case recallOfBest = "recall_of_best"
        case avoid
        case avoidHard = "avoid_hard"
        case inEvents = "in_events"
        case cutInMiddle = "cut_in_middle"
        case slivers
    }

    /// Scores a reel.
    ///
    /// - Parameters:
    ///   - shots: The reel's stretches of the video.
    ///   - truth: What is known of the video.
    ///   - length: The seconds that the best choice has; nil for as many as the reel.
    public init(of shots: [Span], against truth: JudgedTruth, length: Double? = nil) {
        let reel = shots.merged
        let seconds = reel.seconds
        let recall = Self.recall(of: reel, truth.events)
        let best = Self.best(of: truth.events, in: length ?? seconds)
        self.recall = recall
        self.best = best
        let share = recall.flatMap { recall in best.flatMap { $0 > 0 ? recall / $0 : nil } }
        recallOfBest = seconds > 0 || truth.events.isEmpty ? share : 0
        func part(_ spans: [Span]) -> Double? {
            seconds > 0 ? spans.merged.reduce(0) { $0 + reel.overlap($1) } / seconds : nil
        }
        avoid = part(truth.avoided.map(\.span))
        avoidHard = part(truth.avoided.filter(\.isHard).map(\.span))
        inEvents = part(truth.events.map(\.span))
        let edges = JudgedEdges(of: shots, against: truth)
        cutInMiddle = Double(edges.inMiddle.count)
        slivers = Double(edges.slivers.count)
    }

    /// The mean of several scores, each figure over those that have it.
    public init(meanOf scores: [JudgedScore]) {
        recall = scores.mean(\.recall)
        best = scores.mean(\.best)
        recallOfBest = scores.mean(\.recallOfBest)
        avoid = scores.mean(\.avoid)
        avoidHard = scores.mean(\.avoidHard)
        inEvents = scores.mean(\.inEvents)
        cutInMiddle = scores.mean(\.cutInMiddle) ?? 0
        slivers = scores.mean(\.slivers) ?? 0
    }

    private static func recall(of reel: [Span], _ events: [JudgedTruth.Event]) -> Double? {
        let total = events.reduce(0) { $0 + $1.weight }
        return total > 0 ? events.reduce(0) { $0 + $1.weight * $1.share(in: reel) } / total : nil
    }

    /// Takes what is worth most a second first: exact, since a share of an event counts as a share.
    private static func best(of events: [JudgedTruth.Event], in seconds: Double) -> Double? {
        let total = events.reduce(0) { $0 + $1.weight }
        guard total > 0 else { return nil }
        var (left, got) = (seconds, 0.0)
        for event in events.sorted(by: { $0.weight / $0.need > $1.weight / $1.need }) where left > 0 {
            let taken = min(left, event.need)
            got += event.weight * taken / event.need
            left -= taken
        }
        return got / total
    }
}

extension Collection {
    /// The mean of a figure over the elements that have it; nil where none has.
    func mean(_ figure: (Element) -> Double?) -> Double? {
        let values = compactMap(figure)
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
}
