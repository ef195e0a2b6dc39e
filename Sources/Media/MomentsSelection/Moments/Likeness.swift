internal import MomentsAnalysis

/// Whether two moments show the same.
struct Likeness {
    /// From here on two moments are one and the same thing shown twice.
    static let same: Float = 0.72

    private let appearance: Appearance

    init(_ appearance: Appearance) { self.appearance = appearance }

    /// How alike two stretches of the grid look: the mean, over the looks of one, of the best match in the other.
    ///
    /// Both ways, the lower of the two: a pan that passes a place is not that place.
    func between(_ first: Moment, _ second: Moment) -> Float {
        let (a, b) = (looks(first), looks(second))
        guard !a.isEmpty, !b.isEmpty else { return 0 }
        var (bestA, bestB) = ([Float](repeating: 0, count: a.count), [Float](repeating: 0, count: b.count))
        for (i, one) in a.enumerated() {
            for (j, other) in b.enumerated() {
                let similarity = appearance.similarity(one, other)
                // Another colour is another thing, unless the whole picture was tinted.
                let value = similarity * (1 - 0.5 * ramp(appearance.colorDifference(one, other), 12, 30))
                bestA[i] = max(bestA[i], value)
                bestB[j] = max(bestB[j], value)
            }
        }
        return min(bestA.reduce(0, +) / Float(a.count), bestB.reduce(0, +) / Float(b.count))
    }

    /// Up to six looks, evenly spread.
    private func looks(_ moment: Moment) -> [Int] {
        let perEntry = Interest.interval / Appearance.interval
        let from = Int((Double(moment.start) * perEntry).rounded(.up))
        let to = min(Int(Double(moment.end) * perEntry), appearance.count)
        guard from < to else { return from < appearance.count ? [from] : [] }
        let count = min(6, to - from)
        return (0..<count).map { from + ($0 * 2 + 1) * (to - from) / (2 * count) }
    }
}
