internal import MomentsAnalysis

/// What is shown where nothing stands out: frames that are well taken, in which at least something goes on.
enum Filler {
    /// A measure like the saliency, for choosing among what does not stand out.
    static func saliency(_ saliency: Saliency, _ signals: Signals) -> [Float] {
        let scenes = SceneIndex(signals.scenes, count: saliency.count)
        let lively = scenes.smoothed(
            (0..<saliency.count).map {
                0.5 * ramp(saliency.activity[$0], -1, 3) + 0.5 * ramp(saliency.loudness[$0], -1, 3)
            },
            over: 4
        )
        return (0..<saliency.count).map { index in
            saliency.visible[index] ? saliency.quality[index] * (0.4 + 0.6 * lively[index]) : 0
        }
    }
}
