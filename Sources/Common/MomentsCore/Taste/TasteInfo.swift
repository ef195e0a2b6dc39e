/// Which taste chose a reel; the manifest's `taste`.
public struct TasteInfo: Hashable, Codable, Sendable {
    /// How many edits it was learnt from.
    public let edits: Int
    /// What tells it from any other.
    public let version: String
    /// What it changes, in words, the most first.
    public let changes: [String]

    /// Describes a taste.
    public init(edits: Int, version: String, changes: [String]) {
        (self.edits, self.version, self.changes) = (edits, version, changes)
    }

    /// Reads a description; numbers out of their range do not decode.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        edits = try values.number(forKey: .edits, in: 0...1_000_000_000)
        version = try values.decode(String.self, forKey: .version)
        changes = try values.decode([String].self, forKey: .changes)
    }

    /// The same with every text cut to so many bytes.
    public func cut(to longest: Int) -> TasteInfo {
        TasteInfo(
            edits: edits,
            version: Escaping.line(version.cut(toBytes: 40)),
            changes: changes.prefix(20).map { Escaping.line($0.cut(toBytes: longest)) }
        )
    }
}
