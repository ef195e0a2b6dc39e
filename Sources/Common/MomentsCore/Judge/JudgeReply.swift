/// What a worker is told about a question it asked: one JSON object on a line of its standard input.
public struct JudgeReply: Hashable, Codable, Sendable {
    /// What the judge thinks of each window, in the question's order; empty where it does not count.
    public let verdicts: [Verdict]
    /// What this cost, in whatever the judge counts.
    public let cost: Double
    /// Why there is no answer: a clause with the judge as its subject.
    public let failure: String?

    /// Tells what the judge thinks.
    public init(_ answer: JudgeAnswer) {
        (verdicts, cost, failure) = (answer.verdicts, answer.cost, nil)
    }

    /// Tells what it thought when it was asked before, which costs nothing.
    public init(known verdicts: [Verdict]) { (self.verdicts, cost, failure) = (verdicts, 0, nil) }

    /// Tells why there is no answer.
    public init(_ failure: JudgeFailure) { (verdicts, cost, self.failure) = ([], 0, failure.what) }
}
