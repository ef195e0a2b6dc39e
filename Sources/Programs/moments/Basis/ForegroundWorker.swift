internal import Dispatch
internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem
internal import MomentsWorkers
internal import Synchronization

/// A worker this program waits for.
struct ForegroundWorker {
    /// What became of the job.
    let outcome: WorkerOutcome
    /// What the worker's processes used.
    let usage: ProcessUsage?

    /// Starts a worker on a job and waits for its end.
    ///
    /// - Parameters:
    ///   - spec: The job.
    ///   - settings: How workers are run.
    ///   - interruption: Stops the worker; a second one kills it.
    ///   - judge: Who answers its questions; nil for nobody.
    ///   - transcriber: Who writes down what is said; nil for nobody.
    ///   - report: Called with each event but the last.
    /// - Throws: `JobError` when it cannot be started.
    init(
        _ spec: JobSpec,
        settings: Settings,
        interruption: Interruption,
        judge: LocalJudge? = nil,
        transcriber: LocalTranscriber? = nil,
        report: (JobEvent) -> Void
    ) throws(JobError) {
        let named = getenv("MOMENTS_WORKER").map { FilePath(String(cString: $0)) } ?? settings.workers.program
        let command = WorkerCommand(
            WorkerCommand.words(launcher: settings.workers.launcher, program: named),
            memory: settings.workers.memory,
            isService: false
        )
        let stallTimeout = settings.workers.stallTimeout
        let mailbox = Mailbox()
        let worker: Worker
        do {
            worker = try Worker.start(
                command,
                spec,
                stallTimeout: stallTimeout,
                judge: judge?.asking(for: spec),
                transcriber: transcriber?.transcribing(for: spec)
            ) { mailbox.put($0) }
        } catch {
            throw JobError(
                .interrupted,
                "The worker cannot be started: \(error); install moments-worker beside moments, or name it by "
                    + "MOMENTS_WORKER.",
                transient: false
            )
        }
        let grace = min(settings.workers.stopTimeout, .seconds(10))
        var end: WorkerEnd?
        while end == nil {
            if interruption.happened { worker.stop(.interrupted, grace: interruption.isUrgent ? .zero : grace) }
            for news in mailbox.take() {
                switch news {
                case .event(let event): report(event)
                // Its last complaints are part of its end.
                case .complaint: break
                case .ended(let last): end = last
                }
            }
        }
        usage = end?.usage
        outcome = WorkerOutcome.judge(
            end ?? WorkerEnd(exit: .exited(0), last: nil),
            name: spec.name.display,
            stallTimeout: stallTimeout,
            hasMemoryLimit: command.memory != nil
        )
    }

    /// What the worker's thread has for the one that waits.
    private final class Mailbox: Sendable {
        private let news = Mutex<[WorkerNews]>([])
        private let arrival = DispatchSemaphore(value: 0)

        func put(_ new: WorkerNews) {
            news.withLock { $0.append(new) }
            arrival.signal()
        }

        /// Waits for news, or for the moment to look whether there was an interruption.
        func take() -> [WorkerNews] {
            _ = arrival.wait(timeout: .now() + .milliseconds(200))
            return news.withLock { news in
                defer { news = [] }
                return news
            }
        }
    }
}
