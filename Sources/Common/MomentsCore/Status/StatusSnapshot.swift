/// What a stream of events begins with: its `connected` event.
public struct StatusSnapshot: Hashable, Codable, Sendable {
    /// The version that runs.
    public let version: String
    /// How the service is.
    public let health: HealthReport.Status
    /// The jobs by status.
    public let counts: JobCounts
    /// The jobs that are not over, or the one that was asked for.
    public let jobs: [Manifest]
    /// How many events were lost before this snapshot, because they were not read in time.
    public let lost: Int

    /// Makes a snapshot.
    public init(version: String, health: HealthReport.Status, counts: JobCounts, jobs: [Manifest], lost: Int) {
        self.version = version
        self.health = health
        self.counts = counts
        self.jobs = jobs
        self.lost = lost
    }
}
