internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSelection

extension ReelFraming {
    /// The framing of a job's reel; nil where all of the picture is shown.
    ///
    /// - Parameters:
    ///   - aspect: The shape.
    ///   - selection: What the reel shows.
    ///   - subjects: Who is in it; nil where nobody was looked for, so that the middle stays.
    ///   - source: The video.
    init?(_ aspect: ReelAspect, _ selection: Selection, _ subjects: SubjectFindings?, of source: MediaSource) {
        let size = source.video.format.displaySize
        guard let side = Self.side(aspect, size) else { return nil }
        let planner = FramingPlanner(
            width: Double(side.width) / Double(size.width),
            height: Double(side.height) / Double(size.height)
        )
        let cuts = selection.scenes.map(\.start)
        self.init(
            aspect: aspect,
            paths: selection.shots.map { planner.path(of: $0.range, cuts: cuts, tracks: subjects?.tracks ?? []) }
        )
    }
}
