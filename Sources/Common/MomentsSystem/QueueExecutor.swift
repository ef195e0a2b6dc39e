/// Runs one actor's jobs on a thread of its own, so that blocking calls never hold a cooperative thread.
///
/// Sources and alarms made on the same queue may enter the actor with `assumeIsolated`.
public final class QueueExecutor: SerialExecutor {
    /// The queue.
    public let queue: SerialQueue

    /// Makes a queue of its own; see `SerialQueue`.
    public init(label: String, ioTimeout: Duration? = nil) { queue = SerialQueue(label: label, ioTimeout: ioTimeout) }

    /// Takes one job of the actor.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// Stops the program when the caller is not on the queue.
    public func checkIsolated() { precondition(queue.isCurrent, "called from another thread than the actor's own") }
}
