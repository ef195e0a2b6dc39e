internal import MomentsCore
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSelection
internal import MomentsStills

/// Makes the preview of a reel, in which each shot begins at a keyframe; in the video it may lie far behind one.
enum ReelPreview {
    /// Decodes some seconds of the reel.
    ///
    /// - Parameters:
    ///   - reel: What it shows; it was proved.
    ///   - selection: What the reel's shots were chosen for.
    ///   - context: The job.
    /// - Returns: The file; none where none was asked for, or there is nothing to show.
    /// - Throws: `MediaError` or `SystemError`.
    static func make(of reel: Reel, _ selection: Selection, in context: StageContext) throws -> [StagedFile] {
        guard context.spec.options.stills[.preview] else { return [] }
        let source = try SourceProbe.open(reel.path, interrupt: context.interrupt) { _ in }
        let shots = zip(reel.shots, selection.shots).filter(\.0.isShown).map { (range: $0.place, score: $1.score) }
        let places = FramePlaces(source)
        let preview = try PreviewAnimation.make(source, places: places, shots: shots, interrupt: context.interrupt)
        return try preview.map { [try context.staging.write("preview", "preview.webp", $0)] } ?? []
    }
}
