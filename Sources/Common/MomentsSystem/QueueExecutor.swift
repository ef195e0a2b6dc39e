public import Dispatch

/// Runs one actor's jobs on a private queue, so that blocking calls never hold a cooperative thread.
///
/// Sources and alarms made on the same queue may enter the actor with `assumeIsolated`.
public final class QueueExecutor: SerialExecutor {
    /// The queue.
    public let queue: DispatchQueue

    /// Makes a queue of its own; `label` shows in debuggers.
    public init(label: String) { queue = DispatchQueue(label: label, qos: .utility) }

    /// Takes one job of the actor.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// Stops the program when the caller is not on the queue.
    public func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
}
