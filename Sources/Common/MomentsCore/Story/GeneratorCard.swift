/// What is told of a maker of shots.
public struct GeneratorCard: Hashable, Codable, Sendable {
    /// What shots are made of.
    public enum Input: String, CaseIterable, Codable, Sendable {
        case text
        case image
    }

    /// Its name, by which stories choose it.
    public let name: String
    /// Always "generator", to tell it from other models.
    public let kind: String
    /// Whether words are enough.
    public let textToVideo: Bool
    /// Whether it moves a picture.
    public let imageToVideo: Bool
    /// The most pictures of one shot; nil for no limit.
    public let maxFrames: Int?
    /// The pictures a second it is best at.
    public let recommendedRate: Int
    /// What memory it takes, as people say it; nil where nobody knows.
    public let memory: String?
    /// Whether it can be used now.
    public let isAvailable: Bool
    /// Why it cannot; nil where it can.
    public let reason: String?

    private enum CodingKeys: String, CodingKey {
        case name
        case kind
        case textToVideo = "text_to_video"
        case imageToVideo = "image_to_video"
        case maxFrames = "max_frames"
        case recommendedRate = "recommended_rate"
        case memory
        case isAvailable = "available"
        case reason
    }

    /// Describes a generator.
    public init(
        name: String,
        takes: [Input],
        maxFrames: Int?,
        recommendedRate: Int,
        memory: String?,
        unavailable reason: String?
    ) {
        (self.name, kind) = (name, "generator")
        (textToVideo, imageToVideo) = (takes.contains(.text), takes.contains(.image))
        (self.maxFrames, self.recommendedRate, self.memory) = (maxFrames, recommendedRate, memory)
        (isAvailable, self.reason) = (reason == nil, reason)
    }

    /// The ones that need no command.
    public static let builtIn = [
        GeneratorCard(.kenBurns, takes: [.image]), GeneratorCard(.cards, takes: [.text]),
        GeneratorCard(.archive, takes: [.text]),
    ]

    /// The same, with why it cannot be used.
    public func with(trouble reason: String?) -> GeneratorCard {
        GeneratorCard(
            name: name,
            takes: (textToVideo ? [.text] : []) + (imageToVideo ? [.image] : []),
            maxFrames: maxFrames,
            recommendedRate: recommendedRate,
            memory: memory,
            unavailable: reason
        )
    }

    private init(_ generator: BuiltInGenerator, takes: [Input]) {
        self.init(
            name: generator.rawValue,
            takes: takes,
            maxFrames: nil,
            recommendedRate: 25,
            memory: nil,
            unavailable: nil
        )
    }
}
