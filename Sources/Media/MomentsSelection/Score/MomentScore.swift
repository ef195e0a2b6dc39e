internal import MomentsAnalysis
internal import MomentsCore

/// What each fifth of a second of a video is worth in a reel, and what says so.
///
/// A sum of ranks within the video, and of how far the moment stands out for sure; `ScoreWeights` has the numbers.
struct MomentScore {
    /// The rank of each entry by each signal that this video has: 0 lowest, 1 highest.
    let places: [ScoreSignal: [Float]]
    /// The worth of each entry: about 0.5 for an ordinary one; 0 where nothing is to be seen.
    let total: [Float]
    /// The standard deviation of the worth, in which costs are measured.
    let spread: Float
    /// What a judge said; nil without one, and where it found everything alike.
    let judged: Judged?
    /// What was marked; nil where nothing is.
    let marked: Marked?
    /// What is said; nil where nobody knows.
    let spoken: SpokenWorth?
    /// How far each entry is what people want to see, −1…1; nil where nobody said.
    let wish: [Float]?
    /// What a taste can be for or against, entry by entry, of what is in the sum anyway.
    let tasted: [TasteSignal: [Float]]

    /// The number of entries.
    var count: Int { total.count }

    /// Ranks what the analysis found.
    ///
    /// - Parameters:
    ///   - signals: What it found.
    ///   - saliency: How far each entry stands out.
    ///   - verdicts: What a judge thinks of windows of the video; empty without one.
    ///   - marks: What somebody marked.
    ///   - spoken: What is said in it.
    ///   - wished: What people want to see of it.
    ///   - taste: What each signal counts for those whose reel it is.
    ///   - noticed: What is known besides of who is in it.
    init(
        _ signals: Signals,
        _ saliency: Saliency,
        verdicts: [Verdict] = [],
        marks: [Mark] = [],
        spoken: Spoken = .none,
        wished: Wished = .none,
        taste: Taste = .none,
        noticed: Noticed = .none
    ) {
        let excluded = saliency.visible.map { !$0 }
        let surroundings = Surroundings(of: saliency)
        let ranks = SignalRanks(Self.curves(signals, saliency, noticed), excluded, surroundings, taste)
        var (sum, places, tasted) = (ranks.sum, ranks.places, ranks.tasted)
        let leanings = TasteLeanings(taste, signals, saliency, noticed)
        if let leaning = leanings?.sum { for index in sum.indices { sum[index] += leaning[index] } }
        let plain = sum.map { $0 / max(ranks.weights, 1e-6) }
        // What a scene is like all the time makes no moment of any part of it.
        let usual = Ranks.nearMedians(saliency.total, reach: surroundings.reach).map { surroundings.isLong * $0 }
        let words = SpokenWorth(spoken, count: saliency.count)
        let talk = ramp(words?.coverage ?? 0, ScoreWeights.talk.0, ScoreWeights.talk.1)
        let inTalk = 1 - (1 - ScoreWeights.salienceInTalk) * talk
        let salience = ScoreWeights.saliency + ScoreWeights.rareSaliency * Self.rarity(saliency)
        let besides = Float(taste.multiple(of: .saliency))
        let mixed = Self.mixed(signals.scenes, count: saliency.count)
        let judged = Judged(verdicts, count: saliency.count)
        if let judged { places[.judge] = Ranks.places(judged.curve, excluded: excluded) }
        let marked = Marked(marks, count: saliency.count)
        places[.mark] = marked?.curve
        if let words { places[.words] = Ranks.places(words.curve, excluded: excluded) }
        let telling = ScoreWeights.words * ramp(words?.coverage ?? 0, ScoreWeights.spoken.0, ScoreWeights.spoken.1)
        let wish = wished.worth(count: saliency.count)
        self.wish = wish
        // What people ask for comes before what stands out by itself.
        let besideWish: Float = wish == nil ? 1 : ScoreWeights.salienceBesideWish
        let own = Self.deviation(plain.indices.filter { saliency.visible[$0] }.map { plain[$0] })
        let salient = usual.indices.map { ramp(saliency.total[$0] - usual[$0], ScoreWeights.salient, 1) }
        tasted[.saliency] = salient.map { salience * $0 * inTalk }
        total = plain.indices.map { index in
            guard saliency.visible[index] else { return 0 }
            let spoiled = min(1, saliency.quality[index]) * (mixed[index] ? ScoreWeights.mixed : 1)
            let judgement = ScoreWeights.judge * (judged?.curve[index] ?? 0)
            let said = own * (judgement + ScoreWeights.mark * (marked?.curve[index] ?? 0))
            let heard = telling * own * (words?.curve[index] ?? 0)
            let asked = ScoreWeights.wish * own * (wish?[index] ?? 0)
            let stands = salience * salient[index] * inTalk * besideWish
            return max(0, plain[index] + besides * stands + said + heard + asked) * spoiled
        }
        (self.places, self.judged, self.marked, self.spoken) = (places, judged, marked, words)
        self.tasted = tasted
        spread = max(0.01, Self.deviation(total.indices.filter { saliency.visible[$0] }.map { [total] in total[$0] }))
    }

    /// How rare it is in this video that something stands out: 1 where what does cannot be chance, 0 where it says nothing.
    private static func rarity(_ saliency: Saliency) -> Float {
        let seen = saliency.visible.indices.filter { saliency.visible[$0] }
        let outstanding = seen.count { saliency.total[$0] >= ScoreWeights.outstanding }
        return 1 - ramp(Float(outstanding) / Float(max(1, seen.count)), ScoreWeights.rare.0, ScoreWeights.rare.1)
    }

    /// The entries in which one scene is mixed with the next.
    private static func mixed(_ scenes: [Scene], count: Int) -> [Bool] {
        var mixed = [Bool](repeating: false, count: count)
        for range in scenes.compactMap(\.mixedStart) {
            let from = max(0, Int(range.start.seconds / Saliency.interval))
            let to = min(count, Int((range.end.seconds / Saliency.interval).rounded(.up)))
            if from < to { for index in from..<to { mixed[index] = true } }
        }
        return mixed
    }

    /// The signals of this video as curves on the grid, in their own units and a fixed order.
    private static func curves(
        _ signals: Signals,
        _ saliency: Saliency,
        _ noticed: Noticed
    ) -> [(ScoreSignal, [Float])] {
        let count = saliency.count
        var curves: [(ScoreSignal, [Float])] = [
            (.change, signals.visual.change), (.motion, signals.visual.subject), (.saliency, saliency.total),
        ]
        if let shares = Foreground.shares(signals.appearance) {
            let perSample = Appearance.interval / Saliency.interval
            curves.append(
                (.foreground, (0..<count).map { shares[min(Int(Double($0) / perSample), shares.count - 1)] })
            )
        }
        // Where somebody is seen all the time, or nobody ever, nothing is said.
        if let faces = noticed.curves[.faces]?.prefix(count), faces.count == count, deviation(Array(faces)) > 0.01 {
            curves.append((.faces, Array(faces)))
        }
        // An even tone or digital silence says nothing.
        if let audio = signals.audio, deviation(audio.level) > 0.5 {
            curves.append((.loudness, onGrid(audio.loudness, count: count)))
            curves.append((.swell, onGrid(audio.level, count: count)))
        }
        return curves
    }

    /// The mean of a curve of the audio over each entry of the grid.
    static func onGrid(_ curve: [Float], count: Int) -> [Float] {
        let ratio = Saliency.interval / AudioCurves.interval
        return (0..<count).map { index in
            let from = min(Int((Double(index) * ratio).rounded()), curve.count - 1)
            let to = min(max(from + 1, Int((Double(index + 1) * ratio).rounded())), curve.count)
            return curve[from..<to].reduce(0, +) / Float(to - from)
        }
    }

    static func deviation(_ values: [Float]) -> Float {
        let count = Float(max(1, values.count))
        let mean = values.reduce(0, +) / count
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    }
}
