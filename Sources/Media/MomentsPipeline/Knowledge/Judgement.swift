public import MomentsCore

/// What came of asking a judge.
public struct Judgement: Hashable, Sendable {
    /// What it thinks of windows of the video; empty where it does not count.
    public private(set) var verdicts: [Verdict] = []
    /// What it cost, in whatever it counts.
    public private(set) var cost = 0.0
    /// Why it does not count: a clause about it; nil where it does, or had nothing to say.
    public private(set) var failure: String?

    /// Without a judge.
    public static let none = Judgement()

    /// For people: that the reel was made without its judge; nil where that is not so.
    var note: String? { failure.map { "The reel was chosen without the judge: \($0)." } }

    /// Takes in an answer.
    mutating func take(_ reply: JudgeReply) {
        cost += reply.cost
        verdicts += reply.verdicts
        if let failure = reply.failure { fail(failure) }
    }

    /// Takes in that there is none; half of what was to be known would mislead.
    mutating func fail(_ failure: String) {
        verdicts = []
        self.failure = failure
    }
}
