/// A change of a job, found out once and told to all who observe.
public struct JobTransition: Sendable {
    /// Its status until now; nil for a job nobody was told of yet.
    public let before: JobStatus?
    /// The job as it is now.
    public let after: Manifest
    /// What the worker told, if that is the reason.
    public let event: JobEvent?

    /// Describes a change.
    public init(from before: JobStatus?, to after: Manifest, event: JobEvent? = nil) {
        self.before = before
        self.after = after
        self.event = event
    }

    /// Whether the status is another one than before.
    public var isChangeOfStatus: Bool { before != after.status }

    /// Whether people want to hear of the new status: what was over before the service began is no news.
    public var isNews: Bool { isChangeOfStatus && !(before == nil && after.status.isFinal) }
}
