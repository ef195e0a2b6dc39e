internal import MomentsCore

/// Brings what was seen here and there to curves without gaps.
///
/// What was decoded stands as it was measured. In between, the state of a frame is that of the nearest sample in the
/// same scene, and motion is told by the lengths of frames, on the scale of what was measured in that scene.
public struct SignalCanvas {
    private let times: FrameTimes
    private let scenes: [Scene]
    private let activity: [Float]
    private let isTelling: Bool
    private let isWatchedWhole: Bool
    private var curves = VisualCurves()
    private var known: [Bool]
    private var appearance = Appearance()
    /// For each entry of the appearance, the sample of `appearance` that was taken there.
    private var taken: [Int?]
    /// Measured motion, each with its entry and the bytes there.
    private var measured: [MotionScale.Sample] = []
    private let scene: [Int]

    /// Makes an empty canvas.
    ///
    /// - Parameters:
    ///   - times: When the frames are shown.
    ///   - scenes: The scenes without gaps.
    ///   - curve: The lengths of the frames.
    ///   - isWatchedWhole: Whether segments cover all of the video, most of them without the frames that no other needs:
    ///     change is then what those show, so that it has one scale.
    public init(times: FrameTimes, scenes: [Scene], curve: PacketSizeCurve, isWatchedWhole: Bool = false) {
        let end = times.end.seconds
        let count = max(1, Int((end / VisualCurves.interval).rounded(.up)))
        self.times = times
        self.scenes = scenes
        self.isWatchedWhole = isWatchedWhole
        isTelling = curve.isTelling
        activity = curve.grid(count: count)
        known = [Bool](repeating: false, count: count)
        taken = [Int?](repeating: nil, count: max(1, Int((end / Appearance.interval - 1e-9).rounded(.up))))
        let empty = [Float](repeating: 0, count: count)
        curves.subject = empty
        curves.camera = empty
        curves.shake = empty
        curves.sharpness = empty
        curves.brightness = empty
        curves.contrast = empty
        curves.dark = empty
        curves.bright = empty
        curves.mismatch = empty
        curves.change = empty
        var scene = [Int](repeating: 0, count: count)
        for (number, item) in scenes.enumerated() {
            let from = max(0, Int((item.start.seconds / VisualCurves.interval).rounded()))
            let to = min(count, Int((item.end.seconds / VisualCurves.interval).rounded()))
            if from < to { for entry in from..<to { scene[entry] = number } }
        }
        self.scene = scene
    }

    /// Adds a sample.
    public mutating func add(_ sample: KeyframeSample) {
        let own = scenes.lastIndex { $0.startFrame <= sample.number } ?? 0
        let entry = place(sample.seconds, VisualCurves.interval, count: known.count) { scene[$0] == own }
        guard !known[entry] else { return }
        known[entry] = true
        curves.sharpness[entry] = sample.quality.sharpness
        curves.dark[entry] = sample.quality.dark
        curves.bright[entry] = sample.quality.bright
        curves.brightness[entry] = sample.fingerprint.mean
        curves.contrast[entry] = sample.fingerprint.contrast
        if let motion = sample.motion {
            measured.append(
                MotionScale.Sample(
                    entry: entry,
                    bytes: bytes(around: entry),
                    motion: (motion.subject, motion.camera),
                    change: motion.change
                )
            )
        }
        let place = place(sample.seconds, Appearance.interval, count: taken.count) { sceneOfSample($0) == own }
        if taken[place] == nil {
            taken[place] = appearance.count
            appearance.append(sample.fingerprint)
        }
    }

    /// Adds what was seen in a segment.
    public mutating func add(_ findings: SegmentFindings) {
        let seen = findings.curves
        for index in 0..<seen.count {
            let entry = findings.firstEntry + index
            // Nothing has moved yet at a segment's first frames.
            guard entry < known.count, index > 0 || seen.count == 1 else { continue }
            known[entry] = true
            curves.sharpness[entry] = seen.sharpness[index]
            curves.dark[entry] = seen.dark[index]
            curves.bright[entry] = seen.bright[index]
            curves.brightness[entry] = seen.brightness[index]
            curves.contrast[entry] = seen.contrast[index]
            if findings.isComplete {
                curves.shake[entry] = seen.shake[index]
                curves.mismatch[entry] = seen.mismatch[index]
            }
            measured.append(
                MotionScale.Sample(
                    entry: entry,
                    bytes: activity[entry],
                    motion: findings.isMeasured[index] ? (seen.subject[index], seen.camera[index]) : nil,
                    change: findings.isComplete != isWatchedWhole ? seen.change[index] : nil
                )
            )
        }
        for index in 0..<findings.appearance.count {
            let place = findings.firstSample + index
            guard place < taken.count else { break }
            taken[place] = appearance.count
            appearance.append(index, of: findings.appearance)
        }
    }

    /// The entry of a moment on a grid; the next one where a scene's first frame lies in the last of the scene before.
    private func place(_ seconds: Double, _ interval: Double, count: Int, isOwn: (Int) -> Bool) -> Int {
        let entry = min(max(0, Int(seconds / interval + 1e-6)), count - 1)
        return !isOwn(entry) && entry + 1 < count && isOwn(entry + 1) ? entry + 1 : entry
    }

    private func sceneOfSample(_ place: Int) -> Int {
        scene[min(Int(Double(place) * Appearance.interval / VisualCurves.interval), scene.count - 1)]
    }

    private func bytes(around entry: Int) -> Float {
        let near = entry...min(entry + 1, activity.count - 1)
        return activity[near].reduce(0, +) / Float(near.count)
    }

    /// Fills the gaps.
    ///
    /// - Returns: The signals, without audio; nil when nothing at all was seen.
    public consuming func finish() -> Signals? {
        guard appearance.count > 0, known.contains(true) else { return nil }
        spreadStates()
        let scale = MotionScale(measured, scene: scene)
        if isTelling {
            scale.fill(&curves, bytes: activity, scene: scene)
            curves.activity = activity
        } else {
            // Lengths that a coder evens out tell of no motion: what was measured stands for what lies between.
            scale.fill(&curves, bytes: [Float](repeating: 1, count: activity.count), scene: scene)
            scale.interpolate(&curves, scene: scene)
        }
        return Signals(frames: times, visual: curves, appearance: spreadSamples(), audio: nil, scenes: scenes)
    }

    /// Where nothing was seen, the nearest sample of the scene stands; of another scene only where there is none.
    private mutating func spreadStates() {
        let nearest = Self.nearest(known, scene)
        for entry in known.indices where !known[entry] {
            let source = nearest[entry]
            curves.sharpness[entry] = curves.sharpness[source]
            curves.dark[entry] = curves.dark[source]
            curves.bright[entry] = curves.bright[source]
            curves.brightness[entry] = curves.brightness[source]
            curves.contrast[entry] = curves.contrast[source]
        }
    }

    private func spreadSamples() -> Appearance {
        let nearest = Self.nearest(taken.map { $0 != nil }, taken.indices.map { sceneOfSample($0) })
        var all = Appearance()
        for place in taken.indices { all.append(taken[nearest[place]] ?? 0, of: appearance) }
        return all
    }

    /// For each place the nearest one that is known, in the same scene if there is one.
    private static func nearest(_ known: [Bool], _ scene: [Int]) -> [Int] {
        var (before, after) = ([Int?](repeating: nil, count: known.count), [Int?](repeating: nil, count: known.count))
        var last: Int?
        for index in known.indices {
            if known[index] { last = index }
            before[index] = last
        }
        last = nil
        for index in known.indices.reversed() {
            if known[index] { last = index }
            after[index] = last
        }
        return known.indices.map { index in
            let sides = [before[index], after[index]].compactMap { $0 }
            let inside = sides.filter { scene[$0] == scene[index] }
            return (inside.isEmpty ? sides : inside).min { abs($0 - index) < abs($1 - index) } ?? index
        }
    }
}
