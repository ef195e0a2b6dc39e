/// What a worker is told about work it had done: one JSON object on a line of its standard input.
public struct ErrandReply: Hashable, Codable, Sendable {
    /// What this cost, in whatever the command counts.
    public let cost: Double
    /// Why it is not done: a clause with the command as its subject; nil where the output is there.
    public let failure: String?

    private enum CodingKeys: String, CodingKey {
        case cost = "errand_cost"
        case failure
    }

    /// Tells that the output is there.
    public init(cost: Double = 0) { (self.cost, failure) = (cost, nil) }

    /// Tells why it is not.
    public init(failure: String) { (cost, self.failure) = (0, failure) }
}
