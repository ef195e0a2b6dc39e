public import MomentsCore
public import MomentsWatch

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
    /// Those who take turns; nil where nobody does.
    public var fairShare: OwnerShares?
    /// Whether one of the troubles keeps every job from being started.
    public var isStuck = false

    /// Makes the health of a supervisor that knows of nothing.
    public init() {}

    /// How many jobs have a status.
    public func count(_ status: JobStatus) -> Int { counts[status] ?? 0 }
}
