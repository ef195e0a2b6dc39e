/// How many jobs there are in each status.
public struct JobCounts: Hashable, Codable, Sendable {
    /// The numbers; a status without one has none.
    public var counts: [JobStatus: Int] = [:]

    /// Makes counts.
    public init(counts: [JobStatus: Int] = [:]) { self.counts = counts }

    /// How many jobs have a status.
    public subscript(status: JobStatus) -> Int { counts[status] ?? 0 }

    /// Reads a number for each status; one of a newer version is passed over.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        for status in JobStatus.allCases {
            counts[status] = try container.decodeIfPresent(Int.self, forKey: Key(status))
        }
    }

    /// Writes a number for each status, also where there are none.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for status in JobStatus.allCases { try container.encode(self[status], forKey: Key(status)) }
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ status: JobStatus) { stringValue = status.rawValue }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
