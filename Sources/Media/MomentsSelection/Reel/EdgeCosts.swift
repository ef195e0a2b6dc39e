internal import MomentsAnalysis

/// What it costs, in worth summed over entries, to begin or end a shot at a place, or to go on over it.
///
/// Film cuts, pauses and lulls are good places for an edge, and so are those where decoding can start. Where a judge has
/// said what is worth how much, that alone says where a shot begins and ends.
struct EdgeCosts {
    /// For each place between entries, what beginning a shot there costs; one more than there are entries.
    let start: [Float]
    /// Likewise for ending one.
    let end: [Float]
    /// Likewise for going on over it inside a shot.
    let pass: [Float]

    /// The share of the usual cost at a film cut, in a pause, and where decoding can start.
    private static let (atCut, inPause, atStart): (Float, Float, Float) = (0.3, 0.6, 0.8)
    /// Seconds of one standard deviation that a shot gives up to begin where decoding can start, where that binds.
    private static let binding: Float = 20

    /// Prices every place.
    ///
    /// - Parameters:
    ///   - score: What the video's entries are worth.
    ///   - scene: The scene of each entry.
    ///   - pauses: Segments in seconds in which sound can be cut without hurting a word.
    ///   - starts: Where decoding can start.
    ///   - statements: What is said and should not be cut into.
    init(
        _ score: MomentScore,
        scene: [Int],
        pauses: [Range<Double>],
        starts: StartGrid,
        statements: StatementEdges
    ) {
        let perSecond = score.spread / Float(Saliency.interval)
        let edge = score.judged == nil ? ScoreWeights.edge * perSecond : 0
        let count = score.count
        let isPause = Self.places(in: pauses, count: count)
        let lively = Ranks.nearPlaces(
            score.total,
            reach: Int(ScoreWeights.lullReach / Saliency.interval),
            excluded: [Bool](repeating: false, count: count)
        )
        func isCut(_ place: Int) -> Bool { place > 0 && place < count && scene[place] != scene[place - 1] }
        func price(_ place: Int) -> Float {
            if isCut(place) { return Self.atCut * edge }
            let level = (lively[max(0, place - 1)] + lively[min(count - 1, place)]) / 2
            let local = edge * (1 + ScoreWeights.lull * (level - 0.5))
            return isPause[place] ? Self.inPause * local : local
        }
        let clear = statements.clearPlaces(count: count, interval: Saliency.interval)
        func hurt(_ place: Int) -> Float {
            if !clear[place] { return ScoreWeights.sentence * perSecond }
            return statements.parts(Double(place) * Saliency.interval) ? ScoreWeights.question * perSecond : 0
        }
        end = (0...count).map { $0 == count ? 0 : price($0) + (statements.isEmpty ? 0 : hurt($0)) }
        start = (0...count).map { place in
            guard place > 0, place < count else { return 0 }
            if !statements.isEmpty { return price(place) + hurt(place) }
            if starts.suits(place) { return Self.atStart * price(place) }
            // Encoding a beginning may take longer than all the rest.
            return starts.isBinding ? price(place) + Self.binding * perSecond : price(place)
        }
        pass = (0...count).map { isCut($0) ? ScoreWeights.cut * perSecond : 0 }
    }

    /// Which places lie inside some segments.
    private static func places(in segments: [Range<Double>], count: Int) -> [Bool] {
        var inside = [Bool](repeating: false, count: count + 1)
        for segment in segments {
            let from = max(0, Int((segment.lowerBound / Saliency.interval).rounded(.up)))
            let to = min(count, Int(segment.upperBound / Saliency.interval))
            if from <= to { for place in from...to { inside[place] = true } }
        }
        return inside
    }
}
