internal import MomentsAnalysis

/// How much each fifth of a second of a video stands out, and by what.
struct Interest {
    /// Seconds between entries.
    static let interval = VisualCurves.interval

    /// Loudness above the usual, in spreads.
    private(set) var loudness: [Float]
    /// Motion of things, not of the camera, above the usual, in spreads.
    private(set) var motion: [Float]
    /// Rarity of the sight, in halvings of the time it lasts.
    private(set) var novelty: [Float]
    /// Likeness of a crowd or applause: 0…1.
    private(set) var crowd: [Float]
    /// How well the picture is taken: 0…1, 1 for an ordinary good one.
    private(set) var quality: [Float]
    /// Whether there is something to be seen.
    private(set) var visible: [Bool]
    /// All together: 0 nothing, 1 as much as can be.
    private(set) var total: [Float]

    /// The number of entries.
    var count: Int { total.count }

    /// Weighs what the analysis found.
    init(_ signals: Signals) {
        let visual = signals.visual
        let count = visual.count
        let scenes = SceneIndex(signals.scenes, count: count)
        let excluded = (0..<count).map { visual.isBlank($0) }
        let frozen = Self.frozen(visual)
        visible = excluded.map { !$0 }

        let steady = scenes.smoothed(visual.subject, over: 2.4)
        motion = RobustScale.scores(steady, interval: Self.interval, floor: 0.02, excluded: excluded)
        let looks = Rarity.scores(signals.appearance)
        let perLook = Appearance.interval / Self.interval
        novelty = scenes.smoothed(
            (0..<count).map { looks.isEmpty ? 0 : looks[min(Int(Double($0) / perLook), looks.count - 1)] },
            over: 4
        )
        let heard = SoundInterest(signals.sound, count: count)
        loudness = heard.loudness
        crowd = heard.crowd
        quality = PictureInterest.quality(visual, excluded: excluded)
        total = []
        for index in 0..<count {
            guard visible[index] else {
                total.append(0)
                continue
            }
            let sound = 0.85 * ramp(loudness[index], 1, 4) * heard.liveliness[index]
            // Motion in a sight that fills most of the video is what the video is like, not a moment of it.
            let familiar = 0.6 + 0.4 * ramp(novelty[index], -1, 1)
            let moved = 0.75 * ramp(motion[index], 0.5, 4) * familiar
            let new = 0.45 * ramp(novelty[index], 0.5, 4)
            let together = 1 - (1 - sound) * (1 - moved) * (1 - new)
            total.append(together * quality[index] * (frozen[index] ? 0.3 : 1))
        }
    }

    /// Where nothing at all has changed for a second.
    private static func frozen(_ visual: VisualCurves) -> [Bool] {
        var result = [Bool](repeating: false, count: visual.count)
        var run = 0
        for index in 0...visual.count {
            if index < visual.count, visual.change[index] < 0.01 {
                run += 1
                continue
            }
            if Double(run) * interval >= 1 { for still in index - run..<index { result[still] = true } }
            run = 0
        }
        return result
    }
}

/// 0 up to `low`, 1 from `high` on, straight between.
func ramp(_ value: Float, _ low: Float, _ high: Float) -> Float {
    min(max((value - low) / (high - low), 0), 1)
}
