/// The answer of `/health`: how the service is, and the numbers that go with it.
public struct HealthDocument: Hashable, Codable, Sendable {
    /// How the service is.
    public let report: HealthReport
    /// The version that runs.
    public let version: String
    /// Seconds since its start, to a tenth.
    public let uptime: Double
    /// How many listen to events.
    public let listeners: Int
    /// The jobs by status.
    public let jobs: JobCounts

    private enum CodingKeys: String, CodingKey {
        case version
        case uptime
        case listeners
        case jobs
    }

    /// Makes an answer.
    public init(_ report: HealthReport, version: String, uptime: Double, listeners: Int, jobs: JobCounts) {
        self.report = report
        self.version = version
        self.uptime = (uptime * 10).rounded() / 10
        self.listeners = listeners
        self.jobs = jobs
    }

    /// Reads the report's keys and the others side by side.
    public init(from decoder: any Decoder) throws {
        report = try HealthReport(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        version = try container.decode(String.self, forKey: .version)
        uptime = try container.decode(Double.self, forKey: .uptime)
        listeners = try container.decode(Int.self, forKey: .listeners)
        jobs = try container.decode(JobCounts.self, forKey: .jobs)
    }

    /// Writes the report's keys and the others side by side.
    public func encode(to encoder: any Encoder) throws {
        try report.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(version, forKey: .version)
        try container.encode(uptime, forKey: .uptime)
        try container.encode(listeners, forKey: .listeners)
        try container.encode(jobs, forKey: .jobs)
    }
}
