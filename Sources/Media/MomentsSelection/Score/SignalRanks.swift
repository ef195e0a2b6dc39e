internal import MomentsAnalysis
internal import MomentsCore

/// The signals of a video as ranks, and their weighted sum.
struct SignalRanks {
    /// The rank of each entry by each signal: 0 lowest, 1 highest.
    private(set) var places: [ScoreSignal: [Float]] = [:]
    /// The ranks that a taste can be for or against: within the video and, for their share, within the surroundings.
    private(set) var tasted: [TasteSignal: [Float]] = [:]
    private(set) var sum: [Float]
    /// The sum of the weights, but for those that count against.
    private(set) var weights: Float = 0

    init(_ curves: [(ScoreSignal, [Float])], _ excluded: [Bool], _ surroundings: Surroundings, _ taste: Taste) {
        sum = [Float](repeating: 0, count: excluded.count)
        let (reach, share) = (surroundings.reach, surroundings.share)
        for (signal, curve) in curves {
            let even = Smoothing.gaussian(curve, spread: signal.spread / Saliency.interval)
            let whole = Ranks.places(even, excluded: excluded)
            places[signal] = whole
            guard let counted = signal.tasted else { continue }
            let weight = ScoreWeights.rank(signal) * Float(taste.multiple(of: counted))
            let near = Ranks.nearPlaces(even, reach: reach, excluded: excluded)
            let mixed = whole.indices.map { (1 - share) * whole[$0] + share * near[$0] }
            for index in sum.indices { sum[index] += weight * mixed[index] }
            tasted[counted] = mixed
            weights += max(0, weight)
        }
    }
}
