public import MomentsCore
public import MomentsSystem

/// What is heard of a worker.
public enum WorkerNews: Sendable {
    /// It told an event; never its last.
    case event(JobEvent)
    /// A line of its standard error, made harmless.
    case complaint(String)
    /// Its process has ended, and everything it started with it; nothing follows.
    case ended(WorkerEnd)
}

/// How a worker ended.
public struct WorkerEnd: Sendable {
    /// How its process ended.
    public let exit: ExitReason
    /// Its `completed` or `failed` event, if it came.
    public let last: JobEvent?
    /// The last lines of its standard error.
    public let complaints: [String]
    /// Why it was told to stop, if it was.
    public let stop: WorkerStop?
    /// What it used.
    public let usage: ProcessUsage?

    /// Describes an end.
    public init(
        exit: ExitReason,
        last: JobEvent?,
        complaints: [String] = [],
        stop: WorkerStop? = nil,
        usage: ProcessUsage? = nil
    ) {
        self.exit = exit
        self.last = last
        self.complaints = complaints
        self.stop = stop
        self.usage = usage
    }
}
