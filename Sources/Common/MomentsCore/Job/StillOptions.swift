/// Which pictures are made beside the reel.
public struct StillOptions: Hashable, Codable, Sendable {
    /// The format of thumbnail, poster, contact sheet and scenes' stills.
    public var format: StillFormat
    private var switchedOff: Set<StillKind> = []

    private struct Key: CodingKey {
        static let format = Key(stringValue: "format")
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Makes options; without arguments the built-in defaults, by which all is made.
    public init(format: StillFormat = .jpeg) { self.format = format }

    /// Whether something is made.
    public subscript(kind: StillKind) -> Bool {
        get { !switchedOff.contains(kind) }
        set { if newValue { switchedOff.remove(kind) } else { switchedOff.insert(kind) } }
    }

    /// Reads options; a key that an older version did not write has its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        self.init()
        format = try values.decodeIfPresent(StillFormat.self, forKey: .format) ?? format
        for kind in StillKind.allCases {
            self[kind] = try values.decodeIfPresent(Bool.self, forKey: Key(stringValue: kind.rawValue)) ?? self[kind]
        }
    }

    /// Writes the format, and for each kind whether it is made.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(format, forKey: .format)
        for kind in StillKind.allCases { try values.encode(self[kind], forKey: Key(stringValue: kind.rawValue)) }
    }
}
