internal import MomentsCore

/// A step of a job once the video is known.
///
/// What it needs of earlier stages it is made with; everything else it finds in the context, in which no option has a
/// value that it does not declare.
protocol JobStage {
    /// What comes of it.
    associatedtype Value

    /// Its place among the stages.
    static var stage: Stage { get }
    /// What its failure means for the job.
    static var failure: StageFailure { get }
    /// The options it depends on.
    static var options: [StageOption] { get }

    /// Does it.
    ///
    /// - Parameters:
    ///   - context: What all stages work with.
    ///   - progress: Told the share done, 0–1; a share below the last one says that something is done anew.
    /// - Returns: What later stages need of it.
    /// - Throws: Whatever failed; `JobError(_:as:of:)` says what that means for the job.
    func run(in context: StageContext, progress: @escaping (Double) -> Void) throws -> Value
}
