internal import MomentsAnalysis

/// How well frames are taken.
enum FrameSaliency {
    /// Quality of each entry, against what is usual in this video.
    ///
    /// - Parameters:
    ///   - visual: The curves.
    ///   - excluded: Entries with nothing to see.
    /// - Returns: 0.4 for the worst that can still be looked at, 1 for an ordinary frame, up to 1.15 for a crisp one.
    static func quality(_ visual: VisualCurves, excluded: [Bool]) -> [Float] {
        let seen = visual.sharpness.indices.filter { !excluded[$0] }.map { visual.sharpness[$0] }
        let usual = max(RobustScale.median(seen), 1)
        return visual.sharpness.indices.map { index in
            let blurred = 1 - ramp(visual.sharpness[index] / usual, 0.15, 0.45)
            // Half a frame of black or white is common at night or in snow; nearly all of it is a mistake.
            let lost = ramp(visual.dark[index] + visual.bright[index], 0.6, 0.95)
            let unsteady = ramp(visual.shake[index], 3, 8)
            let crisp = ramp(visual.sharpness[index] / usual, 1, 2)
            return max(0.4, 1 + 0.15 * crisp - 0.3 * blurred - 0.4 * lost - 0.3 * unsteady)
        }
    }
}
