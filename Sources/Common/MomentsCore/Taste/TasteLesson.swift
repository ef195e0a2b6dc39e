/// What one job teaches of the taste of those whose reel it makes.
public struct TasteLesson: Hashable, Codable, Sendable {
    /// Where it came from.
    public enum Kind: String, Codable, Sendable {
        /// A person changed the reel.
        case edit
        /// The reel is as it was chosen, and so far nobody has changed it.
        case kept
    }

    /// One job's pairs are never more.
    public static let most = 24

    /// Where it came from.
    public let kind: Kind
    /// What is preferred to what.
    public let pairs: [TastePair]

    /// Makes a lesson; what is too much is dropped.
    public init(_ kind: Kind, _ pairs: [TastePair]) { (self.kind, self.pairs) = (kind, Array(pairs.prefix(Self.most))) }

    /// Reads a lesson; what is too much is dropped.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try values.decode(Kind.self, forKey: .kind),
            try values.decode([TastePair].self, forKey: .pairs)
        )
    }
}
