public import MomentsCore
public import MomentsWatch

/// Hears what the supervisor does; called on its queue, so it must return at once.
public protocol JobObserver: Sendable {
    /// A job changed: its status or message (no event), or by what a worker told.
    ///
    /// Progress is passed on at most four times a second for each job.
    func jobChanged(_ manifest: Manifest, event: JobEvent?)
    /// A job is no more: its video was removed or replaced, or its manifest taken away.
    func jobRemoved(_ jobID: String)
    /// Numbers, watch or troubles changed; at most once a second.
    func healthChanged(_ health: SupervisorHealth)
    /// Something worth a line in the log that is no trouble; one sentence.
    func note(_ text: String)
    /// Something went wrong that no single job's manifest tells; one sentence.
    func problem(_ text: String)
    /// A long look through the inbox gets on; may be called thousands of times a second.
    func progressed()
    /// A line of a worker's standard error.
    func workerSaid(_ line: String, job: Manifest)
}

/// How the supervisor is.
public struct SupervisorHealth: Hashable, Sendable {
    /// A job that a worker is at.
    public struct Active: Hashable, Sendable {
        /// The job.
        public let jobID: String
        /// The video's name.
        public let name: FilePath
        /// 0–100.
        public let progress: Double
        /// The stage's name; empty before the first.
        public let stage: String
    }

    /// Jobs by status.
    public var counts: [JobStatus: Int] = [:]
    /// The jobs that workers are at.
    public var active: [Active] = []
    /// How the inbox is watched.
    public var watch: [WatchReport] = []
    /// What is wrong at this moment, each in one sentence; empty when all is well.
    public var troubles: [String] = []

    /// Whether one of the troubles keeps every job from being started.
    public var isStuck = false

    /// Makes the health of a supervisor that knows of nothing.
    public init() {}

    /// How many jobs have a status.
    public func count(_ status: JobStatus) -> Int { counts[status] ?? 0 }
}
