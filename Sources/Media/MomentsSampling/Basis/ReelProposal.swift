public import MomentsCore

/// What would be chosen of a video by what is known of it so far.
public struct ReelProposal: Sendable {
    /// A shot that would be in the reel.
    public struct Shot: Sendable {
        /// What it shows.
        public let range: TimeRange
        /// How sure the choice is of it: higher is surer.
        public let score: Double

        /// Proposes a shot.
        public init(range: TimeRange, score: Double) {
            self.range = range
            self.score = score
        }
    }

    /// The shots.
    public let shots: [Shot]
    /// What was nearly chosen, best first.
    public let nearMisses: [TimeRange]

    /// Makes a proposal.
    public init(shots: [Shot], nearMisses: [TimeRange]) {
        self.shots = shots
        self.nearMisses = nearMisses
    }
}
