public import MomentsCore
public import MomentsMedia

/// Takes a job through its stages, in order, and tells of each.
public struct JobRunner {
    private let spec: JobSpec
    private let interrupt: Interrupt
    private let emit: (JobEvent) -> Void

    /// Makes a runner; nothing happens before `run`.
    ///
    /// - Parameters:
    ///   - spec: The job.
    ///   - interrupt: Stops it at the next check.
    ///   - emit: Receives every event, in order, on the calling thread.
    public init(_ spec: JobSpec, interrupt: Interrupt, emit: @escaping (JobEvent) -> Void) {
        self.spec = spec
        self.interrupt = interrupt
        self.emit = emit
    }

    /// Does the job.
    ///
    /// - Returns: Whether it was completed; if not, the last event says why.
    public func run() -> Bool {
        emit(.failed(.probe, JobError(.interrupted, "")))
        return false
    }
}
