public import MomentsCore

/// Hears what the supervisor does; called on its queue, so it must return at once.
///
/// There may be several, who hear everything in the same order; each only says what it is interested in.
public protocol JobObserver: Sendable {
    /// A job changed; progress is passed on at most four times a second for each job.
    func jobChanged(_ transition: JobTransition)
    /// A job is no more: its video was removed or replaced, or its manifest taken away.
    func jobRemoved(_ jobID: String)
    /// A result was removed from the outbox to make room, or because of its age.
    func resultRemoved(_ folder: FilePath)
    /// Numbers, watch or troubles changed; at most once a second.
    func healthChanged(_ health: SupervisorHealth)
    /// Something worth a line in the log that is no trouble; one sentence.
    func note(_ text: String)
    /// Something went wrong that no single job's manifest tells; one sentence.
    func problem(_ text: String)
    /// A line of a worker's standard error.
    func workerSaid(_ line: String, job: Manifest)
}

extension JobObserver {
    /// Does nothing.
    public func jobChanged(_ transition: JobTransition) {}
    /// Does nothing.
    public func jobRemoved(_ jobID: String) {}
    /// Does nothing.
    public func resultRemoved(_ folder: FilePath) {}
    /// Does nothing.
    public func healthChanged(_ health: SupervisorHealth) {}
    /// Does nothing.
    public func note(_ text: String) {}
    /// Does nothing.
    public func problem(_ text: String) {}
    /// Does nothing.
    public func workerSaid(_ line: String, job: Manifest) {}
}
