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
    /// Share of the video in which the sight is seen: near 1 with a fixed camera.
    private(set) var presence: [Float]
    /// Likeness of a crowd or applause: 0…1.
    private(set) var crowd: [Float]
    /// How well the picture is taken: 0.4…1.15, 1 for an ordinary one.
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
        motion = RobustScale.scores(steady, interval: Self.interval, floor: 0.025, excluded: excluded)
        let seen = Rarity.seconds(signals.appearance)
        let usual = RobustScale.median(seen)
        let perLook = Appearance.interval / Self.interval
        let onGrid = (0..<count).map { index -> Float in
            seen.isEmpty ? usual : seen[min(Int(Double(index) / perLook), seen.count - 1)]
        }
        novelty = scenes.smoothed(onGrid.map { usual > 0 ? halvings(usual / $0) : 0 }, over: 4)
        let length = Float(max(Double(count) * Self.interval, 1))
        presence = onGrid.map { $0 / length }
        let heard = SoundInterest(signals.sound, scenes: scenes)
        loudness = heard.loudness
        crowd = heard.crowd
        quality = PictureInterest.quality(visual, excluded: excluded)
        let (loudest, liveliest) = (Self.top(loudness), Self.top(motion))
        total = []
        for index in 0..<count {
            guard visible[index] else {
                total.append(0)
                continue
            }
            let sound = 0.9 * Self.graded(loudness[index], loudest) * heard.liveliness[index]
            // Motion in a sight that fills most of the video is what the video is like, not a moment of it.
            let familiar = 0.6 + 0.4 * ramp(novelty[index], -1, 1)
            // In a video that is lively throughout nothing is above the usual, and yet it is worth seeing. How much of
            // the picture moves is the same measure with every camera; loudness has none like it.
            let lively = max(Self.graded(motion[index], liveliest), 0.9 * ramp(steady[index], 0.12, 0.4))
            let moved = 0.8 * lively * familiar
            let new = 0.45 * ramp(novelty[index], 0.5, 4)
            let together = 1 - (1 - sound) * (1 - moved) * (1 - new)
            total.append(min(1, together * quality[index] * (frozen[index] ? 0.3 : 1)))
        }
    }

    /// The most a signal reaches in this video, for two seconds in a hundred; between 5 and 25 spreads.
    private static func top(_ scores: [Float]) -> Float {
        guard !scores.isEmpty else { return 5 }
        return min(25, max(5, scores.sorted()[scores.count * 98 / 100]))
    }

    /// How much a score counts: nothing up to half a spread, all at `top`; each doubling adds the same.
    private static func graded(_ score: Float, _ top: Float) -> Float {
        guard score > 0.5 else { return 0 }
        return min(1, halvings((1 + score) / 1.5) / halvings((1 + top) / 1.5))
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

/// The logarithm to base 2 of a positive number, made of its own exponent: near enough, and the same everywhere.
func halvings(_ ratio: Float) -> Float {
    ratio > 0 ? Float(ratio.exponent) + ratio.significand - 1 : 0
}

/// 0 up to `low`, 1 from `high` on, straight between.
func ramp(_ value: Float, _ low: Float, _ high: Float) -> Float {
    min(max((value - low) / (high - low), 0), 1)
}
