/// A line of what a taste is learnt from: one pair, and whose video it is about.
public struct Judgment: Hashable, Codable, Sendable {
    /// The schema's name.
    public static let schema = "momentsd.judgment/1"
    /// A line is never longer, in bytes.
    public static let longest = 16 << 10

    /// The schema it was written under.
    public let schema: String
    /// When it was learnt.
    public let at: Timestamp
    /// The job that taught it: of those about one video only the last one's count.
    public let job: String
    /// What tells the video from others; nothing can be told of it by that.
    public let video: String
    /// The video's path below the inbox; nil where it is not to be known.
    public let name: FilePath?
    /// How long the video is, in seconds; nil where nobody said.
    public let duration: Double?
    /// Where it came from.
    public let kind: TasteLesson.Kind
    /// What is preferred to what.
    public let pair: TastePair

    private enum CodingKeys: String, CodingKey {
        case schema
        case at
        case job
        case video
        case name
        case duration
        case kind
        case better
        case worse
        case weight
    }

    /// Makes a line.
    public init(
        at: Timestamp,
        job: String,
        video: String,
        name: FilePath?,
        duration: Double? = nil,
        kind: TasteLesson.Kind,
        pair: TastePair
    ) {
        schema = Self.schema
        (self.at, self.job, self.video, self.name) = (at, job, video, name)
        (self.duration, self.kind, self.pair) = (duration, kind, pair)
    }

    /// The same without the video's name.
    public var nameless: Judgment {
        Judgment(at: at, job: job, video: video, name: nil, duration: duration, kind: kind, pair: pair)
    }

    /// Reads a line; one of another schema does not decode.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        schema = try values.decode(String.self, forKey: .schema)
        at = try values.decode(Timestamp.self, forKey: .at)
        job = try values.decode(String.self, forKey: .job)
        video = try values.decode(String.self, forKey: .video)
        name = try values.decodeIfPresent(FilePath.self, forKey: .name)
        duration = try values.decodeIfPresent(Double.self, forKey: .duration)
        kind = try values.decode(TasteLesson.Kind.self, forKey: .kind)
        pair = try TastePair(from: decoder)
        guard schema == Self.schema, job.utf8.count <= 100, video.utf8.count <= 200,
            duration.map({ (0...1e9).contains($0) }) ?? true
        else {
            throw DecodingError.dataCorruptedError(
                forKey: .schema,
                in: values,
                debugDescription: "it is no \(Self.schema)"
            )
        }
    }

    /// Writes a line; a missing name is left out.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(schema, forKey: .schema)
        try values.encode(at, forKey: .at)
        try values.encode(job, forKey: .job)
        try values.encode(video, forKey: .video)
        try values.encodeIfPresent(name, forKey: .name)
        try values.encodeIfPresent(duration, forKey: .duration)
        try values.encode(kind, forKey: .kind)
        try values.encode(pair.better, forKey: .better)
        try values.encode(pair.worse, forKey: .worse)
        try values.encode(pair.weight, forKey: .weight)
    }
}
