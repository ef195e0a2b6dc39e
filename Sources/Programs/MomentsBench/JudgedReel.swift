/// A reel as its `highlight.json` tells of it, whoever made it.
public struct JudgedReel: Decodable, Sendable {
    /// A stretch with its ends under any of their names; either may be missing.
    private struct Segment: Decodable {
        let start: Double?
        let end: Double?

        private enum CodingKeys: String, CodingKey {
            case start
            case end
            case from = "in"
            case to = "out"
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            start =
                try values.decodeIfPresent(Double.self, forKey: .from)
                ?? values.decodeIfPresent(Double.self, forKey: .start)
            end =
                try values.decodeIfPresent(Double.self, forKey: .to)
                ?? values.decodeIfPresent(Double.self, forKey: .end)
        }

        var span: Span? { start.flatMap { start in end.map { Span(start, $0) } } }
    }

    private struct Poster: Decodable {
        let time: Double?
    }

    /// Seconds of the video, as its maker saw it; nil where it does not say.
    public let duration: Double?
    /// How long it was to be, in seconds; nil where it does not say.
    public let target: Double?
    /// How long it became, in seconds; nil where it does not say.
    public let seconds: Double?
    /// Its stretches of the video, in its order.
    public let shots: [Span]
    /// Stretches that nearly came in.
    public let nearMisses: [Span]
    /// When the poster's picture is shown, in seconds of the video; nil where it does not say.
    public let posterTime: Double?

    private enum CodingKeys: String, CodingKey {
        case duration
        case target = "target_duration"
        case seconds = "reel_duration"
        case shots
        case nearMisses = "near_misses"
        case poster
    }

    /// Makes a reel that is as long as its shots together.
    public init(
        _ shots: [Span],
        duration: Double? = nil,
        target: Double? = nil,
        nearMisses: [Span] = [],
        posterTime: Double? = nil
    ) {
        self.duration = duration
        self.target = target
        seconds = shots.seconds
        self.shots = shots
        self.nearMisses = nearMisses
        self.posterTime = posterTime
    }

    /// Reads a reel.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        duration = try values.decodeIfPresent(Double.self, forKey: .duration)
        target = try values.decodeIfPresent(Double.self, forKey: .target)
        seconds = try values.decodeIfPresent(Double.self, forKey: .seconds)
        shots = (try values.decodeIfPresent([Segment].self, forKey: .shots) ?? []).compactMap(\.span)
        nearMisses = (try values.decodeIfPresent([Segment].self, forKey: .nearMisses) ?? []).compactMap(\.span)
        posterTime = try values.decodeIfPresent(Poster.self, forKey: .poster)?.time
    }
}
