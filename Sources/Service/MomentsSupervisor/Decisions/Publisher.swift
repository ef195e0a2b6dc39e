internal import MomentsCore
internal import MomentsSystem
internal import MomentsWorkers

/// What follows from a worker's end; pure.
struct Publisher {
    /// What becomes of the job.
    enum Verdict: Equatable {
        /// Its result is shown.
        case publish(JobResult)
        /// It failed.
        case fail(JobError, Stage?)
        /// It goes back into the queue, uncounted.
        case putBack(String)
        /// It goes back into the queue, uncounted, until there is more room.
        case awaitRoom
        /// Its video changed meanwhile and is waited for again.
        case awaitAgain
        /// It is tried again at once, uncounted: its video was only renamed.
        case again
        /// Nothing: whoever stopped it has seen to it.
        case nothing
    }

    /// What has to be known besides.
    struct Facts: Sendable {
        /// Whether the video still holds what the worker was given.
        let isUnchanged: Bool
        /// Whether inbox and outbox are there.
        let areFoldersThere: Bool
    }

    /// How long a worker may tell nothing.
    private let stallTimeout: Duration
    /// Whether workers run under a memory limit of ours.
    private let hasMemoryLimit: Bool

    init(_ configuration: SupervisorConfiguration) {
        (stallTimeout, hasMemoryLimit) = (configuration.stallTimeout, configuration.memory != nil)
    }

    /// Judges an end.
    func judge(_ end: WorkerEnd, _ job: Job, _ run: Run, _ facts: Facts) -> Verdict {
        let outcome = WorkerOutcome.judge(
            end,
            name: job.manifest.source.name.display,
            stallTimeout: stallTimeout,
            hasMemoryLimit: hasMemoryLimit
        )
        switch (end.stop, outcome) {
        case (nil, .finished(let result)), (.shutdown, .finished(let result)):
            return facts.isUnchanged ? .publish(result) : .awaitAgain
        case (.unwanted, _), (.superseded, _), (.interrupted, _): return .nothing
        case (.shutdown, _): return .putBack("waiting for the service to start again")
        case (.noRoom, _): return .awaitRoom
        case (.stalled, .failed(let error, let stage)), (.excess, .failed(let error, let stage)):
            return .fail(error, stage ?? job.runningStage)
        case (nil, .failed(let error, let stage)):
            guard facts.isUnchanged else { return .awaitAgain }
            return judge(error, in: stage ?? job.runningStage, job, run, facts)
        case (.stalled, .finished), (.excess, .finished): return .nothing
        }
    }

    /// What a share that went away, or a full disk, does to a job is no fault of its video: no attempt is counted.
    private func judge(_ error: JobError, in stage: Stage?, _ job: Job, _ run: Run, _ facts: Facts) -> Verdict {
        if error.kind == .outOfSpace { return .awaitRoom }
        if [.readFailed, .writeFailed].contains(error.kind), !facts.areFoldersThere {
            return .putBack("waiting for the folders to be back")
        }
        // The worker looked for it under the name it had.
        if error.kind == .readFailed, job.isGone || run.path != run.firstPath { return .again }
        return .fail(error, stage)
    }
}
