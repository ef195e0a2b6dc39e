internal import MomentsAnalysis
internal import MomentsCore

/// What a taste adds for signals that count nothing without one.
struct TasteLeanings {
    /// What is added to each entry's sum of ranks.
    let sum: [Float]

    /// Weighs what a taste leans to; nil where it leans to nothing, or the video has nothing of it.
    init?(_ taste: Taste, _ signals: Signals, _ saliency: Saliency, _ noticed: Noticed) {
        let leanings = TasteSignal.allCases.filter { $0.shipped == 0 && taste.weight(of: $0) != 0 }
        guard !leanings.isEmpty else { return nil }
        let curves = Self.curves(signals, saliency, noticed)
        var sum = [Float](repeating: 0, count: saliency.count)
        for signal in leanings {
            guard let curve = curves[signal] else { continue }
            let weight = Float(taste.weight(of: signal))
            for index in sum.indices { sum[index] += weight * (curve[index] - 0.5) }
        }
        self.sum = sum
    }

    /// Every signal that counts nothing without a taste and that this video has, 0–1, on the grid of the score.
    static func curves(
        _ signals: Signals,
        _ saliency: Saliency,
        _ noticed: Noticed
    ) -> [TasteSignal: [Float]] {
        let (visual, count) = (signals.visual, saliency.count)
        let excluded = saliency.visible.map { !$0 }
        func ranked(_ curve: [Float]) -> [Float] {
            Ranks.places(Smoothing.gaussian(curve, spread: spread / Saliency.interval), excluded: excluded)
        }
        var curves: [TasteSignal: [Float]] = [
            .calm: ranked(visual.change.map { -$0 }),
            .bright: ranked(visual.brightness),
            .detail: ranked(visual.sharpness),
        ]
        if let audio = signals.audio {
            let level = MomentScore.onGrid(audio.level, count: count)
            if MomentScore.deviation(level) > 0.5 { curves[.quiet] = ranked(level.map { -$0 }) }
            for (signal, curve) in [(TasteSignal.speech, audio.speech), (.cheering, audio.crowd)] {
                let even = MomentScore.onGrid(curve, count: count)
                // Where nothing of it is heard, nothing is said by the ranks of noise.
                if (even.max() ?? 0) >= slight { curves[signal] = ranked(even) }
            }
        }
        for (signal, curve) in noticed.curves where curve.count >= count {
            let even = Smoothing.gaussian(Array(curve.prefix(count)), spread: spread / Saliency.interval)
            curves[signal] = even.map { min(max($0, 0), 1) }
        }
        return curves
    }

    /// Seconds of standard deviation over which curves are evened out.
    private static let spread = 1.0
    /// The least similarity to speech or a crowd that says anything.
    private static let slight: Float = 0.15
}
