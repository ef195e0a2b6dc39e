/// What has to be decoded to watch some frames.
struct SegmentPlan: Sendable {
    /// Places in the file: from the keyframe before to the last frame watched.
    let packets: Range<Int>
    /// Frames to be watched, by the order shown.
    let watch: Range<Int>
    /// Where in the file the frames to be watched begin.
    let watchFrom: Int

    /// What it costs, in frames decoded whole; those that only lead to it cost about three fifths.
    func cost(isComplete: Bool) -> Double {
        let lead = Double(min(watchFrom, packets.upperBound) - packets.lowerBound)
        let shown = Double(packets.upperBound - min(watchFrom, packets.upperBound))
        return 0.6 * lead + (isComplete ? 1.2 : 0.7) * shown
    }
}
