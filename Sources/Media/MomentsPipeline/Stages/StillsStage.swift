internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSelection
internal import MomentsStills

/// The fifth stage, but for the preview: thumbnail and poster, and the sheets and scenes' stills that were asked for.
struct StillsStage: JobStage, Sendable {
    static let stage = Stage.stills
    static let failure = StageFailure(kind: .renderFailed) { "No stills of \($0) could be made." }
    static let options = [StageOption(\.stills)]

    let signals: Signals
    /// The small pictures the analysis kept; without any there are no sheets.
    let survey: FrameSurvey
    let selection: Selection
    /// Who is in it; nil where nobody was looked for.
    let subjects: SubjectFindings?
    /// The reel, where nothing else may be shown than what stands in it; nil where all of the video may.
    var reel: Reel?

    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> [StagedFile] {
        let tags = context.video.tags
        let source =
            try reel.map { try SourceProbe.open($0.path, interrupt: context.interrupt) { _ in } } ?? context.source
        let maker = StillsMaker(
            options: context.spec.options.stills,
            staging: context.staging,
            source: source,
            selection: selection,
            reel: reel,
            survey: survey,
            subjects: subjects,
            duration: signals.frames.end.seconds,
            places: FramePlaces(source),
            capture: CaptureNote(time: tags.time, make: tags.make, model: tags.model),
            interrupt: context.interrupt
        )
        var files = [try maker.thumbnail()]
        progress(0.1)
        files.append(try maker.poster(signals) { progress(0.1 + 0.3 * $0) })
        progress(0.4)
        files += try maker.sheets()
        progress(0.6)
        return files + (try maker.scenes())
    }
}
