internal import MomentsCore

/// What was seen in a segment of the video decoded on its own.
public struct SegmentFindings: Hashable, Codable, Sendable {
    /// Whether every frame of the segment was decoded, not only those that others need.
    let isComplete: Bool
    /// When its frames are shown.
    let times: FrameTimes
    /// What they do, on the curves' grid from `firstEntry`.
    let curves: VisualCurves
    /// For each entry of the curves whether its motion was measured.
    let isMeasured: [Bool]
    /// What they look like, from `firstSample`.
    let appearance: Appearance
    /// Hard cuts, counted from the segment's first frame.
    let cuts: [SceneBoundary]
    /// Segments that look like gradual transitions, counted likewise.
    let gradual: [GradualDetector.Finding]

    /// The curves' entry that holds the first frame.
    var firstEntry: Int { Int(times[0].seconds / VisualCurves.interval) }

    /// The sample that holds the first frame.
    var firstSample: Int { Int(times[0].seconds / Appearance.interval) }
}
