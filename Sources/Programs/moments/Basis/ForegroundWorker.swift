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
    ///   - helpers: Who answers what it asks; held by the caller until it has ended.
    ///   - report: Called with each event but the last.
    /// - Throws: `JobError` when it cannot be started.
    init(
        _ spec: JobSpec,
        settings: Settings,
        interruption: Interruption,
        helpers: LocalHelpers = LocalHelpers(),
        report: (JobEvent) -> Void
    ) throws(JobError) {
        let mailbox = Mailbox()
        let workers = settings.workers
        let worker: Worker
        do {
            worker = try Worker.start(
                Self.command(workers),
                spec,
                stallTimeout: workers.stallTimeout,
                help: helpers.help(for: spec)
            ) { mailbox.put($0) }
        } catch {
            throw JobError(
                .interrupted,
                "The worker cannot be started: \(error); install moments-worker beside moments, or name it by "
                    + "MOMENTS_WORKER.",
                transient: false
            )
        }
        let end = Self.wait(worker, mailbox, interruption, grace: min(workers.stopTimeout, .seconds(10)), report)
        usage = end.usage
        outcome = WorkerOutcome.judge(
            end,
            name: spec.name.display,
            stallTimeout: workers.stallTimeout,
            hasMemoryLimit: workers.memory != nil
        )
    }

    private static func command(_ workers: Settings.Workers) -> WorkerCommand {
        let named = getenv("MOMENTS_WORKER").map { FilePath(String(cString: $0)) } ?? workers.program
        return WorkerCommand(
            WorkerCommand.words(launcher: workers.launcher, program: named),
            memory: workers.memory,
            isService: false
        )
    }

    /// Passes on what the worker tells until it has ended, which an interruption brings about.
    private static func wait(
        _ worker: Worker,
        _ mailbox: Mailbox,
        _ interruption: Interruption,
        grace: Duration,
        _ report: (JobEvent) -> Void
    ) -> WorkerEnd {
        while true {
            if interruption.happened { worker.stop(.interrupted, grace: interruption.isUrgent ? .zero : grace) }
            for news in mailbox.take() {
                switch news {
                case .event(let event): report(event)
                // Its last complaints are part of its end.
                case .complaint: break
                case .ended(let end): return end
                }
            }
        }
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
