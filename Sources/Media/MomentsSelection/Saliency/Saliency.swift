internal import MomentsAnalysis

/// How much each fifth of a second of a video stands out, and by what.
struct Saliency {
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
    /// Similarity of a crowd or applause: 0…1.
    private(set) var crowd: [Float]
    /// Whether the audio lives: 1 where the level moves, down to 0.4 for a hum.
    private(set) var liveliness: [Float]
    /// How well the frame is taken: 0.4…1.15, 1 for an ordinary one.
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

        let steady = scenes.smoothed(Self.shaped(visual, scenes), over: 2.4)
        motion = RobustScale.scores(steady, interval: Self.interval, floor: 0.025, excluded: excluded)
        let seen = Rarity.seconds(signals.appearance)
        let usual = RobustScale.median(seen)
        let perSample = Appearance.interval / Self.interval
        let onGrid = (0..<count).map { index -> Float in
            seen.isEmpty ? usual : seen[min(Int(Double(index) / perSample), seen.count - 1)]
        }
        // A scene is new or not as a whole; where in it one looks most is told by better signals.
        novelty = scenes.smoothed(onGrid.map { usual > 0 ? halvings(usual / $0) : 0 }, over: Self.broad)
        let length = Float(max(Double(count) * Self.interval, 1))
        presence = onGrid.map { $0 / length }
        let audioSaliency = AudioSaliency(signals.audio, scenes: scenes)
        loudness = audioSaliency.loudness
        crowd = audioSaliency.crowd
        liveliness = audioSaliency.liveliness
        let taken = FrameSaliency.quality(visual, excluded: excluded)
        // Only what spoils a frame counts from one moment to the next.
        quality = zip(taken, scenes.smoothed(taken, over: Self.broad)).map { $0 < 0.8 ? $0 : $1 }
        let (loudest, liveliest) = (Self.top(loudness, atMost: 25), Self.top(motion, atMost: 10))
        total = []
        for index in 0..<count {
            guard visible[index] else {
                total.append(0)
                continue
            }
            let audio = 0.9 * Self.graded(loudness[index], loudest) * audioSaliency.liveliness[index]
            // Motion in a sight that fills most of the video is what the video is like, not a moment of it.
            let familiar = 0.6 + 0.4 * ramp(novelty[index], -1, 1)
            // In a video that is lively throughout nothing is above the usual, and yet it is worth seeing. How much of
            // the frame moves is the same measure with every camera; loudness has none like it.
            let lively = max(Self.graded(motion[index], liveliest), 0.9 * ramp(steady[index], 0.12, 0.4))
            let moved = 0.8 * lively * familiar
            let new = 0.45 * ramp(novelty[index], 0.5, 4)
            let together = 1 - (1 - audio) * (1 - moved) * (1 - new)
            total.append(min(1, together * quality[index] * (frozen[index] ? 0.3 : 1)))
        }
    }

    /// Motion of things, with its ups and downs told by the bytes the frames took.
    ///
    /// How much moves in a scene is measured; when it moves most is told alike whether all of it was decoded or little.
    private static func shaped(_ visual: VisualCurves, _ scenes: SceneIndex) -> [Float] {
        guard visual.activity.count == visual.count else { return visual.subject }
        let measured = scenes.smoothed(visual.subject, over: broad)
        let bytes = scenes.smoothed(visual.activity, over: broad)
        return visual.activity.indices.map { min(1, measured[$0] * visual.activity[$0] / (bytes[$0] + 1)) }
    }

    /// Seconds over which a scene is taken as one.
    private static let broad = 30.0

    /// The most a signal reaches in this video, for two seconds in a hundred; at least 5 spreads.
    private static func top(_ scores: [Float], atMost most: Float) -> Float {
        guard !scores.isEmpty else { return 5 }
        return min(most, max(5, scores.sorted()[scores.count * 98 / 100]))
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
