internal import MomentsCore

/// What was seen in a stretch of the video decoded on its own.
public struct StretchFindings: Sendable {
    /// Whether every picture of the stretch was decoded, not only those that others need.
    let isComplete: Bool
    /// When its pictures are shown.
    let times: PictureTimes
    /// What they do, on the curves' grid from `firstEntry`.
    let curves: VisualCurves
    /// For each entry of the curves whether its motion was measured.
    let isMeasured: [Bool]
    /// What they look like, from `firstLook`.
    let appearance: Appearance
    /// Hard cuts, counted from the stretch's first picture.
    let cuts: [ShotBoundary]
    /// Stretches that look like gradual transitions, counted likewise.
    let gradual: [GradualDetector.Finding]

    /// The curves' entry that holds the first picture.
    var firstEntry: Int { Int(times[0].seconds / VisualCurves.interval) }

    /// The look that holds the first picture.
    var firstLook: Int { Int(times[0].seconds / Appearance.interval) }
}
