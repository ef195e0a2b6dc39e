internal import MomentsCore
internal import MomentsMedia

/// Runs a job's stages, each between its two events.
final class StageRunner {
    /// The stage that runs, or ran last.
    private(set) var current = Stage.probe
    /// How long each has taken.
    let times = StageTimes()
    /// What its failure means for the job.
    private var failure = ProbeStage.failure
    private let name: FilePath
    private let interrupt: Interrupt
    private let emit: (JobEvent) -> Void

    /// Makes a runner.
    ///
    /// - Parameters:
    ///   - name: The video's name, for messages.
    ///   - interrupt: Heard before each stage.
    ///   - emit: Receives the events.
    init(_ name: FilePath, interrupt: Interrupt, emit: @escaping (JobEvent) -> Void) {
        (self.name, self.interrupt, self.emit) = (name, interrupt, emit)
    }

    /// Runs a stage, which sees no option that it does not declare.
    func run<Work: JobStage>(_ stage: Work, in context: StageContext) throws -> Work.Value {
        try run(Work.stage, failure: Work.failure) { progress in
            try stage.run(in: context.narrowed(to: Work.options), progress: progress)
        }
    }

    /// Runs the work of a stage.
    func run<Value>(
        _ stage: Stage,
        failure: StageFailure,
        _ body: (_ progress: @escaping (Double) -> Void) throws -> Value
    ) throws -> Value {
        (current, self.failure) = (stage, failure)
        if interrupt.isRequested { throw MediaError.interrupted("work on", "'\(name.display)'") }
        // What the last stage freed goes back to the system, so that the peaks of two stages do not add up.
        MediaMemory.giveBack()
        times.begin(stage)
        emit(.stageStarted(stage))
        let throttle = Throttle()
        let value = try body { [emit] share in throttle.pass(share) { emit(.progress(stage, share: share)) } }
        emit(.stageCompleted(stage))
        return value
    }

    /// What an error of the current stage means for the job.
    func jobError(_ error: any Error) -> JobError { JobError(error, as: failure, of: name) }
}
