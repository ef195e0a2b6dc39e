internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSelection
internal import MomentsStills

/// The fifth stage: `thumbnail.jpg` and `poster.jpg`.
struct StillsStage: JobStage, Sendable {
    static let stage = Stage.stills
    static let failure = StageFailure(kind: .renderFailed) { "No stills of \($0) could be made." }
    static let options: [StageOption] = []

    let signals: Signals
    let selection: Selection

    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> [StagedFile] {
        let (source, staging, interrupt) = (context.source, context.staging, context.interrupt)
        let places = FramePlaces(source)
        let thumbnail = try Thumbnail.make(source, places: places, interrupt: interrupt)
        let first = try staging.write("thumbnail", "thumbnail.jpg", thumbnail.bytes)
        progress(0.3)
        let candidates = PosterCandidate.choose(
            signals,
            places: places,
            shots: selection.shots.map { (range: $0.range, score: $0.score) }
        )
        let poster = try Poster.make(source, places: places, candidates: candidates, interrupt: interrupt) {
            progress(0.3 + 0.7 * $0)
        }
        return [first, try staging.write("poster", "poster.jpg", poster.bytes)]
    }
}
