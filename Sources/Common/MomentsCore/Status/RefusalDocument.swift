/// The answer to a question that cannot be answered.
public struct RefusalDocument: Hashable, Codable, Sendable {
    /// Why, in one sentence.
    public let error: String
    /// What is allowed; nil where there is nothing to say.
    public let allowed: [String]?

    /// Makes an answer.
    public init(error: String, allowed: [String]? = nil) {
        self.error = error
        self.allowed = allowed
    }
}
