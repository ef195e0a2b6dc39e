/// What is known of a video with planted moments: a `NAME.truth.json` with `events`.
public struct PlantedTruth: Decodable, Sendable {
    /// Something that happens in the video.
    public struct Event: Decodable, Sendable {
        /// When, on the video's clock.
        public let span: Span
        /// What it shows: events of one group are the same passage again.
        public let group: String

        private enum CodingKeys: String, CodingKey {
            case start
            case end
            case source
            case group
        }

        /// Makes an event.
        public init(_ span: Span, group: String) {
            self.span = span
            self.group = group
        }

        /// Reads an event; without a group its source stands for one.
        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            span = Span(try values.decode(Double.self, forKey: .start), try values.decode(Double.self, forKey: .end))
            group =
                try values.decodeIfPresent(String.self, forKey: .group)
                ?? values.decodeIfPresent(String.self, forKey: .source) ?? "\(span.start)"
        }
    }

    /// Seconds of the video.
    public let duration: Double
    /// What is worth showing, in order.
    public let events: [Event]
    /// What only looks or sounds as if it were.
    public let distractors: [Span]

    private enum CodingKeys: String, CodingKey {
        case duration
        case events
        case distractors
    }

    /// Makes a truth.
    public init(duration: Double, events: [Event], distractors: [Span] = []) {
        self.duration = duration
        self.events = events
        self.distractors = distractors
    }

    /// Reads a truth.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        duration = try values.decode(Double.self, forKey: .duration)
        events = try values.decode([Event].self, forKey: .events)
        distractors = (try values.decodeIfPresent([Event].self, forKey: .distractors) ?? []).map(\.span)
    }

    /// Whether some passages come more than once, so that groups count instead of events.
    var hasDuplicates: Bool { Set(events.map(\.group)).count < events.count }
}
