internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSelection
internal import MomentsStills
internal import MomentsSystem

/// The fifth stage: `thumbnail.jpg` and `poster.jpg`.
enum StillsStage {
    /// Makes them in the job's staging folder.
    ///
    /// - Returns: What was written.
    /// - Throws: `JobError`.
    static func run(
        _ spec: JobSpec,
        _ source: MediaSource,
        _ signals: Signals,
        _ selection: Selection,
        interrupt: Interrupt,
        progress: (Double) -> Void
    ) throws(JobError) -> StagingFolder {
        var staging = StagingFolder(spec.staging)
        do {
            let places = FramePlaces(source)
            let thumbnail = try Thumbnail.make(source, places: places, interrupt: interrupt)
            try staging.write("thumbnail", "thumbnail.jpg", thumbnail.bytes)
            progress(0.3)
            let candidates = PosterCandidate.choose(
                signals,
                places: places,
                shots: selection.shots.map { (range: $0.range, score: $0.score) }
            )
            let poster = try Poster.make(source, places: places, candidates: candidates, interrupt: interrupt) {
                progress(0.3 + 0.7 * $0)
            }
            try staging.write("poster", "poster.jpg", poster.bytes)
            return staging
        } catch is StillsError {
            throw JobError(.decodeFailed, "No picture of '\(spec.name.display)' can be decoded for a still.")
        } catch let error as MediaError {
            throw JobError(error, name: spec.name, fallback: .renderFailed)
        } catch let error as SystemError { throw JobError(error, name: spec.name) } catch {
            throw JobError(.renderFailed, "No stills of '\(spec.name.display)' could be made.", detail: "\(error)")
        }
    }
}
