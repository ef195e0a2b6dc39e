/// How well a reel shows planted moments.
public struct PlantedScore: Hashable, Encodable, Sendable {
    /// Events found, as a share of as many as the target could show at 3 s each; nil without any event.
    ///
    /// Where passages repeat, groups are counted instead of events.
    public let recall: Double?
    /// Share of the reel inside events, or of what events could fill; without events 1.
    public let precision: Double
    /// Share of the reel that shows a group an earlier shot has shown.
    public let redundancy: Double
    /// Share of the reel inside distractors.
    public let distractors: Double
    /// Seconds of the reel.
    public let reel: Double

    /// Scores a reel.
    ///
    /// An event is found when 1.5 s of it, or half of a shorter one, are in the reel.
    ///
    /// - Parameters:
    ///   - shots: The reel's stretches of the video.
    ///   - truth: What is known of the video.
    ///   - target: How long the reel was to be, in seconds.
    public init(of shots: [Span], against truth: PlantedTruth, target: Double) {
        reel = shots.seconds
        let events = truth.events
        let found = events.filter { shots.overlap($0.span) >= min(1.5, 0.5 * $0.span.seconds) - 1e-3 }
        let groups = Set(events.map(\.group)).count
        let possible = max(1, min(groups, Int(target / 3)))
        let count = truth.hasDuplicates ? Set(found.map(\.group)).count : found.count
        recall = events.isEmpty ? nil : min(1, Double(count) / Double(possible))
        let inside = events.reduce(0) { $0 + shots.overlap($1.span) }
        let fillable = min(reel, events.map(\.span).seconds)
        precision = events.isEmpty ? 1 : fillable > 0 ? inside / fillable : 0
        redundancy = reel > 0 && truth.hasDuplicates ? Self.repeated(shots, events) / reel : 0
        distractors = reel > 0 ? truth.distractors.reduce(0) { $0 + shots.overlap($1) } / reel : 0
    }

    /// The mean of several scores of the same video.
    ///
    /// - Parameter scores: Not empty.
    public init(meanOf scores: [PlantedScore]) {
        precondition(!scores.isEmpty, "there is no mean of nothing")
        func mean(_ value: (PlantedScore) -> Double) -> Double {
            scores.reduce(0) { $0 + value($1) } / Double(scores.count)
        }
        recall = scores.contains { $0.recall == nil } ? nil : mean { $0.recall ?? 0 }
        precision = mean(\.precision)
        redundancy = mean(\.redundancy)
        distractors = mean(\.distractors)
        reel = mean(\.reel)
    }

    /// The seconds that show a group again; less than half a second of one is no showing.
    private static func repeated(_ shots: [Span], _ events: [PlantedTruth.Event]) -> Double {
        var seen: Set<String> = []
        var seconds = 0.0
        for shot in shots.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            let shown = events.filter { $0.span.overlap(shot) > 0.5 }
            for event in shown where seen.contains(event.group) { seconds += event.span.overlap(shot) }
            seen.formUnion(shown.map(\.group))
        }
        return seconds
    }
}
