/// How far one stage of a job has come; an entry of the manifest's `stages`.
public struct StageRecord: Hashable, Codable, Sendable {
    /// What has become of a stage.
    public enum Status: String, Codable, Sendable {
        case pending
        case running
        case completed
        case failed
        case skipped
    }

    /// Which stage.
    public var name: Stage
    /// What has become of it.
    public var status: Status
    /// How far it is, 0–100.
    public var progress: Double
    /// When it began.
    public var startedAt: Timestamp?
    /// When it ended.
    public var completedAt: Timestamp?
    /// Why it failed, in one line.
    public var error: String?
    /// Why it was skipped, in one line; left out where it was not.
    public var reason: String?
    /// What commands asked in it cost, in whatever they count; nil for stages that ask none.
    public var cost: Double?

    private enum CodingKeys: String, CodingKey {
        case name
        case status
        case progress
        case startedAt = "started_at"
        case completedAt = "completed_at"
        case error
        case reason
        case cost
    }

    /// Makes the record of a stage that has not begun.
    public init(name: Stage) {
        self.name = name
        self.status = .pending
        self.progress = 0
    }
}
