/// What one of those who share the inbox has in it, has had today, and waits for.
public struct OwnerShare: Hashable, Codable, Sendable {
    /// Who it is.
    public let owner: Owner
    /// The user's name, its number where it has none, or the folder; empty for the inbox itself.
    public let name: FilePath
    /// Its jobs by status.
    public let jobs: JobCounts
    /// The videos whose work was begun today, in bytes.
    public let bytesToday: Int64
    /// The same in seconds of video.
    public let secondsToday: Double
    /// Why none of its jobs is started for now; nil where one may be.
    public let reason: String?

    private enum CodingKeys: String, CodingKey {
        case name
        case jobs
        case bytesToday = "bytes_today"
        case secondsToday = "seconds_today"
        case reason
    }

    /// Describes a share.
    public init(
        _ owner: Owner,
        name: FilePath,
        jobs: JobCounts,
        bytesToday: Int64 = 0,
        secondsToday: Double = 0,
        reason: String? = nil
    ) {
        self.owner = owner
        self.name = name
        self.jobs = jobs
        self.bytesToday = bytesToday
        self.secondsToday = secondsToday
        self.reason = reason
    }

    /// Its name for one line of a terminal or a log.
    public var display: String { name.isEmpty ? "(inbox)" : name.display }

    /// Reads the owner's keys and the others side by side.
    public init(from decoder: any Decoder) throws {
        owner = try Owner(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(FilePath.self, forKey: .name)
        jobs = try container.decode(JobCounts.self, forKey: .jobs)
        bytesToday = try container.decode(Int64.self, forKey: .bytesToday)
        secondsToday = try container.decode(Double.self, forKey: .secondsToday)
        reason = try container.decodeIfPresent(String.self, forKey: .reason)
    }

    /// Writes the owner's keys and the others side by side.
    public func encode(to encoder: any Encoder) throws {
        try owner.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(jobs, forKey: .jobs)
        try container.encode(bytesToday, forKey: .bytesToday)
        try container.encode(secondsToday, forKey: .secondsToday)
        try container.encode(reason, forKey: .reason)
    }
}
