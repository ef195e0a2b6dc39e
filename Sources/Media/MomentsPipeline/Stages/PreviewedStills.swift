internal import MomentsCore
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSelection
internal import MomentsStills

/// The fifth stage, whole: the stills, which may be made beside the reel, and the preview, which is made of it.
///
/// In the reel each shot begins at a keyframe; in the video it may lie far behind one.
struct PreviewedStills: JobStage {
    static let stage = StillsStage.stage
    static let failure = StillsStage.failure
    static let options = StillsStage.options

    let stills: BesideTask<StillsStage>
    let selection: Selection
    /// The reel in its first shape.
    let reel: Reel

    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> [StagedFile] {
        let files = try stills.run(in: context) { progress(0.8 * $0) }
        progress(0.8)
        return files + (try Self.preview(of: reel, selection, in: context))
    }

    /// Makes the preview, where one was asked for; one that stands there already is replaced.
    ///
    /// - Parameters:
    ///   - reel: What it shows.
    ///   - selection: What the reel's shots were chosen for.
    ///   - context: The job.
    /// - Returns: The file; none where there is nothing to show.
    /// - Throws: `MediaError` or `SystemError`.
    static func preview(of reel: Reel, _ selection: Selection, in context: StageContext) throws -> [StagedFile] {
        guard context.spec.options.stills[.preview] else { return [] }
        let source = try SourceProbe.open(reel.path, interrupt: context.interrupt) { _ in }
        let shots = zip(reel.shots, selection.shots).filter(\.0.isShown).map { (range: $0.place, score: $1.score) }
        let places = FramePlaces(source)
        let preview = try PreviewAnimation.make(source, places: places, shots: shots, interrupt: context.interrupt)
        return try preview.map { [try context.staging.write("preview", "preview.webp", $0)] } ?? []
    }
}
