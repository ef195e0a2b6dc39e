/// What is said in a video, as far as the choice of its moments goes.
public struct Spoken: Hashable, Sendable {
    /// What is said in one go, and should be shown whole.
    public struct Statement: Hashable, Sendable {
        /// Where it begins, in seconds.
        public let start: Double
        /// Where it ends, in seconds.
        public let end: Double
        /// What it is worth by its words: 1 is the mean; 0 where nothing is said.
        public let worth: Double
        /// Whether it asks, so that what follows belongs to it.
        public let isQuestion: Bool
        /// Its text.
        public let text: String

        /// Makes a statement.
        public init(start: Double, end: Double, worth: Double, isQuestion: Bool, text: String) {
            self.start = start
            self.end = end
            self.worth = worth
            self.isQuestion = isQuestion
            self.text = text
        }
    }

    /// The statements in their order; none begins before the one before it ends.
    public let statements: [Statement]

    /// Where nobody knows what is said.
    public static let none = Spoken([])

    /// Takes statements in order; where two overlap, the later one begins with the end of the earlier.
    public init(_ statements: [Statement]) {
        var end = 0.0
        self.statements = statements.compactMap { statement in
            let start = max(statement.start, end)
            guard statement.end > start else { return nil }
            end = statement.end
            return Statement(
                start: start,
                end: end,
                worth: statement.worth,
                isQuestion: statement.isQuestion,
                text: statement.text
            )
        }
    }

    /// Whether nothing is known.
    public var isEmpty: Bool { statements.isEmpty }
}
