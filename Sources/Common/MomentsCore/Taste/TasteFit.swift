internal import Glibc

/// Learns what each signal counts from what people prefer: pairwise logistic regression, pulled towards what the signals
/// count anyway, within their bounds.
///
/// The same lessons give the same taste. What was learnt counts as far as it foretells edits that it was not learnt from
/// (cross-validation, video by video), which those of somebody who clicks at random never do. Two thousand pairs take some milliseconds.
public enum TasteFit {
    /// A pair as numbers: how much more of each signal the better stretch has.
    private struct Row {
        let differences: [Double]
        let weight: Double
        let group: Int
    }

    /// How sure people are of what they do: what one more in worth adds to the logarithm of their odds.
    private static let sureness = 2.0
    /// How far a weight may easily move from what it is anyway, in its own units.
    private static let ease = 0.6
    /// What all that was merely left as it was may count together, as a share of what was said.
    private static let mostKept = 0.25
    private static let signals = TasteSignal.allCases

    /// Learns.
    ///
    /// - Parameter judgments: What was learnt, the oldest first; of those about one video only the last job's count, and
    ///   what was left as it was counts where its owner changed another reel later.
    /// - Returns: A taste without a version; `none` where nobody changed anything.
    public static func taste(from judgments: [Judgment]) -> Taste {
        let current = counted(judgments)
        let edits = Set(current.filter { $0.kind == .edit }.map(\.job)).count
        guard edits > 0 else { return .none }
        let rows = rows(current)
        let trust = trust(in: rows)
        let moves = moves(rows).map { $0 * trust }
        var weights: [String: Double] = [:]
        for (signal, move) in zip(signals, moves) where abs(move) > 0.005 {
            weights[signal.rawValue] = ((signal.shipped + move * scale(signal)) * 1000).rounded() / 1000
        }
        return Taste(edits: edits, weights: weights)
    }

    /// What counts of all that was ever learnt.
    public static func counted(_ judgments: [Judgment]) -> [Judgment] {
        let last = judgments.reduce(into: [:]) { $0[$1.video] = $1.job }
        let current = judgments.filter { last[$0.video] == $0.job }
        // Whoever changed a reel had seen those made before it.
        let latest = current.last { $0.kind == .edit }?.at
        return current.filter { judgment in
            judgment.kind == .edit || latest.map { judgment.at < $0 } ?? false
        }
    }

    private static func rows(_ judgments: [Judgment]) -> [Row] {
        let said = judgments.reduce(0) { $0 + ($1.kind == .edit ? $1.pair.weight : 0) }
        let kept = judgments.reduce(0) { $0 + ($1.kind == .kept ? $1.pair.weight : 0) }
        let share = kept > 0 ? min(1, mostKept * said / kept) : 0
        var groups: [String: Int] = [:]
        return judgments.map { judgment in
            let group = groups[judgment.video, default: groups.count]
            groups[judgment.video] = group
            let (better, worse) = (judgment.pair.better.signals, judgment.pair.worse.signals)
            let differences = signals.map { signal -> Double in
                guard let more = better[signal.rawValue], let less = worse[signal.rawValue] else { return 0 }
                return (more - less) * scale(signal)
            }
            let weight = judgment.pair.weight * (judgment.kind == .edit ? 1 : share)
            return Row(differences: differences, weight: weight, group: group)
        }
    }

    /// What a signal's weight is measured in: its own where it has one, so that its bounds are as far for all.
    private static func scale(_ signal: TasteSignal) -> Double { max(1, signal.shipped) }

    /// How far each weight moves, in its own units.
    private static func moves(_ rows: [Row]) -> [Double] {
        var moves = [Double](repeating: 0, count: signals.count)
        // What the pairs are worth as the signals count anyway.
        var worth = rows.map(plainWorth)
        for _ in 0..<rounds {
            var furthest = 0.0
            for place in signals.indices {
                let bounds = signals[place].bounds
                let scale = scale(signals[place])
                var slope = moves[place] / (ease * ease)
                var bend = 1 / (ease * ease)
                for index in rows.indices where rows[index].differences[place] != 0 {
                    let difference = sureness * rows[index].differences[place]
                    let doubt = 1 / (1 + exp(sureness * worth[index]))
                    slope -= rows[index].weight * difference * doubt
                    bend += rows[index].weight * difference * difference * doubt * (1 - doubt)
                }
                let (low, high) = (
                    (bounds.lowerBound - signals[place].shipped) / scale,
                    (bounds.upperBound - signals[place].shipped) / scale
                )
                let moved = min(max(moves[place] - slope / bend, low), high)
                let step = moved - moves[place]
                guard step != 0 else { continue }
                moves[place] = moved
                for index in rows.indices { worth[index] += step * rows[index].differences[place] }
                furthest = max(furthest, abs(step))
            }
            if furthest < 1e-4 { break }
        }
        return moves
    }

    private static let rounds = 60

    // MARK: - how far it is to be believed

    /// How much of what was learnt counts: 0 where it tells nothing of edits that it was not learnt from, 1 where it
    /// surely does.
    ///
    /// A person who edits at random, or against oneself, contradicts in one video what was learnt from another.
    private static func trust(in rows: [Row]) -> Double {
        let groups = (rows.map(\.group).max() ?? 0) + 1
        let parts = min(5, groups)
        // One video can contradict nothing; what it says is taken for half.
        guard parts > 1 else { return 0.5 }
        var gains = [Double](repeating: 0, count: groups)
        for part in 0..<parts {
            let others = rows.filter { $0.group % parts != part }
            let moves = moves(others)
            let scaled = scale(of: others)
            for row in rows where row.group % parts == part {
                let plain = plainWorth(row)
                let learnt = plain + zip(moves, row.differences).reduce(0) { $0 + $1.0 * $1.1 }
                gains[row.group] += row.weight * (likelihood(learnt) - likelihood(scaled * plain))
            }
        }
        let mean = gains.reduce(0, +) / Double(groups)
        let variance = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(groups - 1)
        let error = (variance / Double(groups)).squareRoot()
        guard error > 1e-9 else { return mean > 0 ? 1 : 0 }
        return min(1, max(0, (mean / error - doubtful) / (sure - doubtful)))
    }

    /// How many standard errors better than without a taste edits are foretold from where on what was learnt begins to
    /// count, and counts wholly: innocent until it is clearly wrong, since ten edits prove little.
    private static let (doubtful, sure) = (-1.0, 0.0)

    /// What a pair's better stretch is worth more, as the signals count anyway.
    private static func plainWorth(_ row: Row) -> Double {
        zip(signals, row.differences).reduce(0) { $0 + $1.0.shipped / scale($1.0) * $1.1 }
    }

    /// The logarithm of the likelihood of what a person did.
    private static func likelihood(_ worth: Double) -> Double { -log(1 + exp(-sureness * worth)) }

    /// How sure people are of what counts anyway: what is learnt has to say more than that they are less so.
    private static func scale(of rows: [Row]) -> Double {
        func sum(_ scale: Double) -> Double {
            rows.reduce(0) { $0 + $1.weight * likelihood(scale * plainWorth($1)) }
        }
        let sums = [0, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5].map { (scale: $0, sum: sum($0)) }
        return sums.max { $0.sum < $1.sum }?.scale ?? 1
    }
}
