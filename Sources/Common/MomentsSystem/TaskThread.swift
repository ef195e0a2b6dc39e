/// Runs the tasks that are bound to no actor on one thread of their own, instead of Swift's pool.
public final class TaskThread: TaskExecutor {
    private let queue: SerialQueue

    /// Makes the thread; `label` names it.
    public init(label: String) { queue = SerialQueue(label: label) }

    /// Takes one job of a task.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
