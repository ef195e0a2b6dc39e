public import MomentsAnalysis
public import MomentsCore

/// What the reel is made of, and why.
public struct Selection: Hashable, Codable, Sendable {
    /// One segment of the reel.
    public struct Shot: Hashable, Codable, Sendable {
        /// "shot_001", "shot_002", … in the reel's order.
        public let id: String
        /// From the first frame shown to the end of the last one; both on exact frame times.
        public let range: TimeRange
        /// How much it stands out: 0…1.
        public let score: Double
        /// The signals that stood out, by name, in spreads above what is usual in this video.
        public let signals: [String: Double]
        /// Why it was chosen, in plain words.
        public let reasons: [String]

        private enum CodingKeys: String, CodingKey {
            case id = "shot_id"
            case range
            case score
            case signals
            case reasons
        }
    }

    /// A segment that was nearly chosen.
    public struct NearMiss: Hashable, Codable, Sendable {
        /// The segment, on exact frame times.
        public let range: TimeRange
        /// How much it stands out: 0…1.
        public let score: Double
        /// Why it was left out, in plain words.
        public let reasons: [String]
    }

    /// The reel's shots, in its order.
    public let shots: [Shot]
    /// What was nearly chosen, best first; at most ten.
    public let nearMisses: [NearMiss]
    /// The video's scenes with their importance.
    public let scenes: [Scene]
    /// What people should know of the choice as a whole, such as that nothing stood out; nil when all went well.
    public let note: String?
    /// How far the choice stands above chance in videos like this one; nil where somebody else chose.
    public let standing: String?
    /// What each entry of the signals' grid is worth: about 0.5 for an ordinary one, 0 where nothing is to be seen.
    @Packed public internal(set) var worth: [Float] = []

    private enum CodingKeys: String, CodingKey {
        case shots
        case nearMisses = "near_misses"
        case scenes
        case note
        case standing
        case worth
    }

    /// The same without what each entry is worth: what a reel depends on.
    public var withoutWorth: Selection {
        var selection = self
        selection.worth = []
        return selection
    }

    /// The same with one thing more that people should know of it.
    public func noting(_ sentence: String?) -> Selection {
        let notes = [note, sentence].compactMap { $0 }
        return Selection(
            shots: shots,
            nearMisses: nearMisses,
            scenes: scenes,
            note: notes.isEmpty ? nil : notes.joined(separator: " "),
            standing: standing,
            worth: worth
        )
    }

    /// How long the reel is, in seconds, without transitions.
    public var duration: Double { shots.reduce(0) { $0 + $1.range.duration.seconds } }
}
