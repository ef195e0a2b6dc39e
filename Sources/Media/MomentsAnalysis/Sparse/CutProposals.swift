/// Where scenes may give way to others, as far as lengths and looks can tell without decoding what lies between.
///
/// An encoder that places a frame that stands alone out of turn has seen a new sight. Where the keyframe there differs
/// plainly from the one before, and nothing before it was restless, it is a cut on exactly that frame. All else is a
/// doubt: to be decoded, if it is worth it.
public struct CutProposals: Sendable {
    /// A segment that has to be seen.
    public struct Doubt: Sendable {
        /// The frames to be watched, by the order shown.
        public var watch: Range<Int>
        /// How likely a boundary lies there: higher is likelier.
        public var weight: Float
        /// The likeliest first frame of a scene, where one begins there in any case; nil where perhaps none does.
        public var guess: Int?
    }

    /// First frames of scenes, certain without decoding more.
    public private(set) var certain: [Int] = []
    /// What has to be seen.
    public private(set) var doubts: [Doubt] = []

    /// Weighs what is known.
    ///
    /// - Parameters:
    ///   - frames: All frames in the file's order.
    ///   - curve: Their lengths.
    ///   - keyframes: Looks at frames that stand alone, in their order.
    ///   - schedule: The distance at which the encoder places keyframes anyway.
    public init(
        _ frames: [CodedFrame],
        _ curve: PacketSizeCurve,
        keyframes: [KeyframeSample],
        schedule: KeyframeSchedule
    ) {
        let count = curve.level.count
        func watch(_ from: Int, _ to: Int) -> Range<Int> { max(0, from)..<min(count, max(to, from + 1)) }
        for (place, (before, keyframe)) in zip(keyframes, keyframes.dropFirst()).enumerated() {
            let next = keyframes.dropFirst(place + 2).first
            let difference = KeyframeDifference(before, keyframe)
            let isDue = schedule.isDue(keyframe.number)
            let isBlank = min(before.fingerprint.contrast, keyframe.fingerprint.contrast) < 4
            let isRestless = curve.restlessness(before: keyframe.number, since: before.number + 1) >= 2.2
            // Flashes and fast motion make keyframes nearer to each other than the shortest scene is long.
            let isSettled =
                (keyframe.motion?.mismatch ?? 0) < 0.5 && keyframe.number - before.number > CutDetector.reach
            let isCalm = !isRestless && isSettled
            if !isDue, !isBlank, isCalm, difference.isAnotherPlace(curve) {
                certain.append(keyframe.number)
            } else if !isDue, difference.isPossible || isBlank {
                let weight: Float = difference.isPlainly ? 6 : 2
                // What comes back is a flash; else a scene begins here, whether the very frame is known or not.
                let comesBack = next.map { !KeyframeDifference(before, $0).isPossible } ?? false
                let isSure = !isBlank && !comesBack && difference.isAnotherPlace(curve)
                let guess = isSure ? curve.steepest(before: keyframe.number) : nil
                doubts.append(
                    Doubt(watch: watch(keyframe.number - 30, keyframe.number + 24), weight: weight, guess: guess)
                )
            } else if isDue, difference.isPossible, !schedule.placesCuts {
                // The coder does not care for cuts: one may lie anywhere between the two, or on the later one.
                let between = before.number + 1..<keyframe.number + 1
                if difference.isAnotherPlace(curve) {
                    let guess = curve.highestSpike(in: between)?.number ?? keyframe.number
                    // One that stands out far among the bytes there names the place; else all has to be seen.
                    let near = curve.onlySpike(in: between).map { watch($0.number - 9, $0.number + 8) }
                    let whole = watch(before.number, keyframe.number + 8)
                    doubts.append(Doubt(watch: near ?? whole, weight: 6, guess: guess))
                } else if let spike = curve.highestSpike(in: between), spike.share > 0.6 {
                    doubts.append(Doubt(watch: watch(spike.number - 9, spike.number + 8), weight: 2))
                }
            }
        }
        // Where the coder marks cuts, only what is as long as a whole frame is one that it missed.
        let least: Float = schedule.placesCuts ? 0.75 : 0.45
        for spike in curve.spikes where spike.share > least && spike.ratio > 2.3 {
            guard !certain.contains(where: { abs($0 - spike.number) <= 4 }),
                schedule.placesCuts || !doubts.contains(where: { $0.watch.contains(spike.number) })
            else { continue }
            doubts.append(Doubt(watch: watch(spike.number - 16, spike.number + 12), weight: 1 + spike.share))
        }
        for swell in Swells.find(curve) where !certain.contains(where: { swell.range.contains($0) }) {
            let weight = min(2, swell.height / 2)
            doubts.append(Doubt(watch: watch(swell.range.lowerBound - 6, swell.range.upperBound + 6), weight: weight))
        }
        doubts.sort { ($0.watch.lowerBound, $0.watch.upperBound) < ($1.watch.lowerBound, $1.watch.upperBound) }
    }
}
