/// What is said, as a curve on the grid: where telling sentences are, and where there are none.
struct SpokenWorth {
    /// What the words of each entry are worth, in standard deviations; 0 for an ordinary sentence.
    let curve: [Float]
    /// The share of the video in which something is said, 0–1.
    let coverage: Float
    private let statements: [Spoken.Statement]

    /// A longer pause than this is none of a sentence's, in seconds.
    private static let pause = 1.0

    /// Weighs what is said; nil where nobody knows it.
    init?(_ spoken: Spoken, count: Int) {
        statements = spoken.statements.filter { $0.worth > 0 }
        guard !statements.isEmpty, count > 0 else { return nil }
        let mean = statements.reduce(0) { $0 + $1.worth } / Double(statements.count)
        let variance = statements.reduce(0) { $0 + ($1.worth - mean) * ($1.worth - mean) } / Double(statements.count)
        let spread = max(variance.squareRoot(), 0.05)
        let seconds = statements.reduce(0) { $0 + $1.end - $1.start }
        coverage = Float(min(1, seconds / (Double(count) * Saliency.interval)))
        // In a talk, what is not said is not worth showing; in a film it may be all there is.
        let silence = -ramp(coverage, ScoreWeights.talk.0, ScoreWeights.talk.1)
        var curve = [Float](repeating: silence, count: count)
        var before: Spoken.Statement?
        for statement in statements {
            let worth = Float(min(max((statement.worth - mean) / spread, -2), 2))
            let isJoined = before.map { statement.start - $0.end < Self.pause } ?? false
            let from = min(max(0, Int((isJoined ? before?.end ?? 0 : statement.start) / Saliency.interval)), count)
            let to = min(count, max(from, Int((statement.end / Saliency.interval).rounded(.up))))
            for index in from..<to { curve[index] = worth }
            before = statement
        }
        self.curve = Smoothing.gaussian(curve, spread: 0.3 / Saliency.interval)
    }

    /// The most telling statement of which most is shown; nil where there is none.
    func best(in range: Range<Int>) -> Spoken.Statement? {
        let (from, to) = (Double(range.lowerBound) * Saliency.interval, Double(range.upperBound) * Saliency.interval)
        return statements.filter { statement in
            min(statement.end, to) - max(statement.start, from) > 0.7 * (statement.end - statement.start)
        }.max { ($0.worth, $1.start) < ($1.worth, $0.start) }
    }
}
