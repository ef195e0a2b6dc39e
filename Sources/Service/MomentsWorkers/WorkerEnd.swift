public import MomentsCore
public import MomentsSystem

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
