internal import Glibc
internal import MomentsCore

/// A judge's verdicts as a curve on the grid of the score.
struct Judged {
    /// How much the judge wants each entry, and how much more than what is around it, in standard deviations of its scores;
    /// where it was not asked, what it said before and after counts.
    let curve: [Float]
    private let verdicts: [Verdict]

    /// Lays verdicts out; nil where there is none, or all are alike.
    ///
    /// - Parameters:
    ///   - verdicts: In any order; where windows overlap, their mean counts.
    ///   - count: Entries of the grid.
    init?(_ verdicts: [Verdict], count: Int) {
        guard !verdicts.isEmpty, count > 0 else { return nil }
        let mean = verdicts.reduce(0) { $0 + $1.score } / Double(verdicts.count)
        let variance = verdicts.reduce(0) { $0 + ($1.score - mean) * ($1.score - mean) } / Double(verdicts.count)
        guard variance > 1e-6 else { return nil }
        var (sum, seen) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
        for verdict in verdicts {
            for index in Self.entries(verdict, count) {
                sum[index] += Float((verdict.score - mean) / variance.squareRoot())
                seen[index] += 1
            }
        }
        let said = Self.bridged(zip(sum, seen).map { $1 > 0 ? $0 / $1 : nil })
        // A window's edge is no edge of what is in it.
        let even = Smoothing.gaussian(said, spread: 0.3 / Saliency.interval)
        // A short peak is a moment; of a long stretch that is as good throughout, no second is worth as much.
        let around = Smoothing.means(even, reach: Int(ScoreWeights.judgeReach / Saliency.interval))
        curve = zip(even, around).map { $0 + ScoreWeights.judgeContrast * ($0 - $1) }
        self.verdicts = verdicts
    }

    /// The best verdict on what a segment shows.
    ///
    /// - Parameter range: Its entries; a window that it only touches does not count where it has more of another.
    /// - Returns: The verdict; nil where the judge was not asked about it.
    func best(in range: Range<Int>) -> Verdict? {
        let shares = verdicts.map { verdict -> Double in
            let entries = Self.entries(verdict, curve.count)
            return Double(entries.clamped(to: range).count) / Double(max(1, entries.count))
        }
        let least = min(0.5, shares.max() ?? 0)
        guard least > 0 else { return nil }
        // The first of equals, so that the same verdicts give the same words.
        return zip(verdicts, shares).filter { $1 >= least }.map(\.0).max { ($0.score, $1.start) < ($1.score, $0.start) }
    }

    /// The curve with straight lines over its gaps, and level before the first and behind the last known value.
    private static func bridged(_ curve: [Float?]) -> [Float] {
        let known = curve.indices.filter { curve[$0] != nil }
        guard let first = known.first, let last = known.last else { return curve.map { $0 ?? 0 } }
        var result = curve.map { $0 ?? 0 }
        for index in 0..<first { result[index] = result[first] }
        for index in last..<curve.count { result[index] = result[last] }
        for (from, to) in zip(known, known.dropFirst()) where to > from + 1 {
            for index in from + 1..<to {
                result[index] = result[from] + (result[to] - result[from]) * Float(index - from) / Float(to - from)
            }
        }
        return result
    }

    private static func entries(_ verdict: Verdict, _ count: Int) -> Range<Int> {
        let from = min(max(0, Int((verdict.start / Saliency.interval).rounded())), count)
        return from..<max(from, min(count, Int((verdict.end / Saliency.interval).rounded())))
    }
}
