internal import MomentsAnalysis

/// Whether two moments show the same.
struct Similarity {
    /// From here on two segments show the same sight; see `Sights.similarity`.
    static let sameSight: Float = 0.72
    /// From here on two segments move in the same way, frame for frame.
    static let sameMotion: Float = 0.92

    /// Share of the video from which on a sight counts as the place where all of it happens.
    static let everPresent: Float = 0.25
    /// Share of the time between two moments from which on their sight has not gone in between.
    static let unbroken: Float = 0.33

    /// Motion above the usual, in spreads, from which on there is something to be seen and not only to be heard.
    static let moving: Float = 1

    private let isJudged: Bool
    private let appearance: Appearance
    private let sights: Sights
    private let saliency: Saliency
    private let visual: VisualCurves
    private let scene: [Int]
    /// Entries of each scene.
    private let lengths: [Int: Int]

    /// Prepares to compare; where a judge has seen the sights, only what moves alike is the same.
    init(_ signals: Signals, _ saliency: Saliency, isJudged: Bool) {
        self.isJudged = isJudged
        appearance = signals.appearance
        sights = Sights(signals.appearance)
        visual = signals.visual
        self.saliency = saliency
        scene = SceneIndex(signals.scenes, count: saliency.count).scene
        lengths = scene.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// Whether showing both would be showing one thing twice.
    ///
    /// A sight that is rare in this video, has gone and comes back is a repetition. One that is always there, as with a
    /// fixed camera, or from the one to the other, proves nothing; there the same action must move in the same way.
    func isSame(_ first: Moment, _ second: Moment) -> Bool {
        guard sight(first, second) > Self.sameSight else { return false }
        // Where only the audio makes the moments, the sight is not what is shown twice.
        if !isJudged, !(isAudible(first) && isAudible(second)),
            max(presence(first), presence(second)) < Self.everPresent,
            presenceBetween(first, second) < Self.unbroken
        {
            return true
        }
        return motion(first, second) > Self.sameMotion
    }

    /// The first of some moments that shows the same as one apart from it; nil where none does.
    func first(like moment: Moment, among others: [Moment]) -> Moment? {
        others.first { !$0.overlaps(moment) && isSame($0, moment) }
    }

    /// How alike two segments look: the mean, over the samples of one, of the best match in the other.
    ///
    /// Both ways, and the middle of it: one may show the whole of which the other is a part.
    func sight(_ first: Moment, _ second: Moment) -> Float {
        let (a, b) = (samples(first), samples(second))
        guard !a.isEmpty, !b.isEmpty else { return 0 }
        var (bestA, bestB) = ([Float](repeating: 0, count: a.count), [Float](repeating: 0, count: b.count))
        for (i, one) in a.enumerated() {
            let sight = sights.sight(one)
            for (j, other) in b.enumerated() {
                let similarity = sights.similarity(sight, other)
                // Another colour is another thing, unless the whole frame was tinted.
                let value = similarity * (1 - 0.5 * ramp(appearance.colorDifference(one, other), 12, 30))
                bestA[i] = max(bestA[i], value)
                bestB[j] = max(bestB[j], value)
            }
        }
        return (bestA.reduce(0, +) / Float(a.count) + bestB.reduce(0, +) / Float(b.count)) / 2
    }

    /// How alike two segments move: the highest correlation of their change from frame to frame.
    ///
    /// Over all offsets that leave at least three seconds of both. Mirroring, cropping and grading do not
    /// touch it.
    func motion(_ first: Moment, _ second: Moment) -> Float {
        let least = Int(3 / Saliency.interval)
        let (a, b) = (Array(visual.change[first.start..<first.end]), Array(visual.change[second.start..<second.end]))
        guard min(a.count, b.count) >= least else { return 0 }
        var best: Float = 0
        for offset in -(b.count - least)...(a.count - least) {
            let (from, to) = (max(0, offset), min(a.count, b.count + offset))
            best = max(best, Self.correlation(a[from..<to], b[from - offset..<to - offset]))
        }
        return best
    }

    private func presence(_ moment: Moment) -> Float {
        RobustScale.median(Array(saliency.presence[moment.start..<moment.end]))
    }

    /// The share of the time from the one's beginning to the other's end in which either sight is seen.
    private func presenceBetween(_ first: Moment, _ second: Moment) -> Float {
        let perEntry = Saliency.interval / Appearance.interval
        func sample(_ entry: Int) -> Int { min(Int(Double(entry) * perEntry), appearance.count) }
        let span = sample(min(first.start, second.start))..<sample(max(first.end, second.end))
        guard !span.isEmpty else { return 1 }
        let middles = [first, second].map { min(sample(($0.start + $0.end) / 2), appearance.count - 1) }
        let shown = middles.map { sights.sight($0) }
        let seen = span.count { place in shown.contains { sights.similarity($0, place) > Self.sameSight } }
        return Float(seen) / Float(span.count)
    }

    /// Whether a moment is one for the ear: nothing much moves, and the sight was there before or stays.
    private func isAudible(_ moment: Moment) -> Bool {
        let own = scene[(moment.start + moment.end) / 2]
        guard lengths[own, default: 0] >= 2 * moment.length else { return false }
        return RobustScale.median(Array(saliency.motion[moment.start..<moment.end])) < Self.moving
    }

    private static func correlation(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Float {
        let count = Float(a.count)
        let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
        var (aa, bb, ab): (Float, Float, Float) = (1e-3, 1e-3, 0)
        for (x, y) in zip(a, b) {
            aa += (x - meanA) * (x - meanA)
            bb += (y - meanB) * (y - meanB)
            ab += (x - meanA) * (y - meanB)
        }
        // Two segments in which nothing changes are alike.
        return aa < 0.01 && bb < 0.01 ? 1 : ab / (aa * bb).squareRoot()
    }

    /// Up to six samples, evenly spread over those that were really taken: what stands in between repeats them.
    private func samples(_ moment: Moment) -> [Int] {
        let perEntry = Saliency.interval / Appearance.interval
        let from = Int((Double(moment.start) * perEntry).rounded(.up))
        let to = min(Int(Double(moment.end) * perEntry), appearance.count)
        guard from < to else { return from < appearance.count ? [from] : [] }
        let taken = (from..<to).filter { $0 == from || !appearance.isRepeated($0) }
        let count = min(6, taken.count)
        return (0..<count).map { taken[($0 * 2 + 1) * taken.count / (2 * count)] }
    }
}
