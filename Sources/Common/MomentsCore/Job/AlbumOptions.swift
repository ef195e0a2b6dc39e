/// How one reel is made of all videos of a folder.
public struct AlbumOptions: Hashable, Codable, Sendable {
    /// What comes first.
    public enum Order: String, Codable, CaseIterable, Sendable {
        /// What was recorded first.
        case time
        /// What stands out most.
        case best
    }

    /// What comes first.
    public var order = Order.time
    /// The most shots of one video; nil for as many as are worth it.
    public var maxPerVideo: Int?
    /// Whether each video gets a reel of its own besides.
    public var singles = true
    /// Whether photos among the videos are shown too.
    public var photos = false

    private enum CodingKeys: String, CodingKey {
        case order
        case maxPerVideo = "max_per_video"
        case singles
        case photos
    }

    /// Makes the options that are in effect where nobody says anything.
    public init() {}

    /// Reads options; a key that is missing has its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        order = try values.decodeIfPresent(Order.self, forKey: .order) ?? order
        if values.contains(.maxPerVideo), try !values.decodeNil(forKey: .maxPerVideo) {
            maxPerVideo = try values.number(forKey: .maxPerVideo, in: 1...1000)
        }
        singles = try values.decodeIfPresent(Bool.self, forKey: .singles) ?? singles
        photos = try values.decodeIfPresent(Bool.self, forKey: .photos) ?? photos
    }
}
