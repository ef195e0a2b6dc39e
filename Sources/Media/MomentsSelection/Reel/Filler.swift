internal import MomentsAnalysis

/// What is shown where nothing stands out: pictures that are well taken, in which at least something goes on.
enum Filler {
    /// A measure like the interest, for choosing among what does not stand out.
    static func interest(_ interest: Interest, _ signals: Signals) -> [Float] {
        let scenes = SceneIndex(signals.scenes, count: interest.count)
        let lively = scenes.smoothed(
            (0..<interest.count).map {
                0.5 * ramp(interest.activity[$0], -1, 3) + 0.5 * ramp(interest.loudness[$0], -1, 3)
            },
            over: 4
        )
        return (0..<interest.count).map { index in
            interest.visible[index] ? interest.quality[index] * (0.4 + 0.6 * lively[index]) : 0
        }
    }
}
