public import MomentsCore

/// What is heard of a worker.
public enum WorkerNews: Sendable {
    /// It told an event; never its last.
    case event(JobEvent)
    /// A line of its standard error, made harmless.
    case complaint(String)
    /// Its process has ended, and everything it started with it; nothing follows.
    case ended(WorkerEnd)
}
