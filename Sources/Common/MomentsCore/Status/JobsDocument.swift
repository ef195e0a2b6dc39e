/// The answer of `/jobs`.
public struct JobsDocument: Hashable, Codable, Sendable {
    /// The jobs, the newest first.
    public let jobs: [Manifest]
    /// How many there are, shown or not.
    public let total: Int
    /// How many were asked for at most.
    public let limit: Int
    /// How many were left out first.
    public let offset: Int

    /// Makes an answer.
    public init(jobs: [Manifest], total: Int, limit: Int, offset: Int) {
        self.jobs = jobs
        self.total = total
        self.limit = limit
        self.offset = offset
    }
}
