extension AudioCurves {
    /// The pauses in which audio can be cut without hurting a word or a note.
    ///
    /// A pause is quiet against what is heard around it, not on any absolute scale. Where the level hardly moves over
    /// ten seconds there is nothing to cut into, and no pause is reported.
    ///
    /// - Parameter least: Seconds of the shortest pause that counts.
    /// - Returns: Segments in seconds, rising, not overlapping.
    public func pauses(least: Double = 0.3) -> [Range<Double>] {
        let reach = Int(5 / Self.interval)
        let step = Int(1 / Self.interval)
        var pauses: [Range<Double>] = []
        var run = 0
        var threshold: Float = -.infinity
        for index in 0...level.count {
            if index < level.count, index % step == 0 {
                let sorted = level[max(0, index - reach)..<min(level.count, index + reach)].sorted()
                let (floor, loud) = (sorted[sorted.count / 50], sorted[sorted.count * 9 / 10])
                threshold = loud - floor < 8 ? -.infinity : floor + 0.3 * (loud - floor)
            }
            if index < level.count, level[index] <= threshold {
                run += 1
                continue
            }
            if Double(run) * Self.interval >= least - 1e-9 {
                pauses.append(Double(index - run) * Self.interval..<Double(index) * Self.interval)
            }
            run = 0
        }
        return pauses
    }
}
