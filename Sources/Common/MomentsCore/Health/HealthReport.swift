/// How the service is, as the supervisor sees it; part of what `/health` answers.
public struct HealthReport: Hashable, Codable, Sendable {
    /// The service's condition in one word.
    public enum Status: String, CaseIterable, Codable, Sendable {
        /// Everything works.
        case healthy
        /// Something is not as it should be, and work goes on.
        case degraded
        /// No video can be worked on.
        case unhealthy
    }

    /// How one tree of folders is watched.
    public struct Watch: Hashable, Codable, Sendable {
        /// The tree's top folder.
        public var folder: FilePath
        /// "inotify" or "poll".
        public var mode: String
        /// Why that mode; empty where it is the ordinary one.
        public var reason: String

        /// Describes the watch of one tree.
        public init(folder: FilePath, mode: String, reason: String = "") {
            self.folder = folder
            self.mode = mode
            self.reason = reason
        }
    }

    /// Bytes that can still be written; nil where it cannot be told.
    public struct FreeSpace: Hashable, Codable, Sendable {
        /// On the inbox's file system.
        public var inbox: Int64?
        /// On the outbox's file system.
        public var outbox: Int64?
        /// On the state folder's file system.
        public var state: Int64?

        /// Describes the free space.
        public init(inbox: Int64? = nil, outbox: Int64? = nil, state: Int64? = nil) {
            self.inbox = inbox
            self.outbox = outbox
            self.state = state
        }
    }

    /// Who looks at stills of videos.
    public struct Judge: Hashable, Codable, Sendable {
        /// Its program.
        public var program: String
        /// Whether it reaches the network, so that pictures may leave this machine.
        public var network: Bool

        /// Describes a judge.
        public init(program: String, network: Bool) { (self.program, self.network) = (program, network) }
    }

    /// A program that words or pictures of videos are given to, and that reaches the network.
    public struct NetworkEngine: Hashable, Codable, Sendable {
        /// What it does, as its section is called: "Voice", "Planner", "Generator dream", "Subjects".
        public var section: String
        /// Its program.
        public var program: String

        /// Describes a program.
        public init(section: String, program: String) { (self.section, self.program) = (section, program) }
    }

    /// The condition in one word.
    public var status: Status
    /// Why it is not healthy: one sentence for each problem, naming what to do.
    public var reasons: [String]
    /// How each tree is watched.
    public var watch: [Watch]
    /// What can still be written.
    public var freeSpace: FreeSpace
    /// Jobs that have a worker.
    public var activeJobs: Int
    /// Jobs that wait for one.
    public var queue: Int
    /// How many workers may run at once.
    public var workers: Int
    /// Who looks at stills of videos; nil where nobody does.
    public var judge: Judge?
    /// The programs, apart from the judge, by which words or pictures may leave this machine.
    public var networkEngines: [NetworkEngine]
    /// Those who take turns; nil where nobody does.
    public var fairShare: OwnerShares?

    private enum CodingKeys: String, CodingKey {
        case status
        case reasons
        case watch
        case freeSpace = "free_space"
        case activeJobs = "active_jobs"
        case queue
        case workers
        case judge
        case networkEngines = "network_engines"
        case fairShare = "fair_share"
    }

    /// Makes a report; without arguments that of a healthy service that does nothing.
    public init(
        status: Status = .healthy,
        reasons: [String] = [],
        watch: [Watch] = [],
        freeSpace: FreeSpace = FreeSpace(),
        activeJobs: Int = 0,
        queue: Int = 0,
        workers: Int = 1,
        judge: Judge? = nil,
        networkEngines: [NetworkEngine] = [],
        fairShare: OwnerShares? = nil
    ) {
        self.status = status
        self.reasons = reasons
        self.watch = watch
        self.freeSpace = freeSpace
        self.activeJobs = activeJobs
        self.queue = queue
        self.workers = workers
        self.judge = judge
        self.networkEngines = networkEngines
        self.fairShare = fairShare
    }
}
