/// Whose a video is, as far as turns are concerned.
public enum Owner: Hashable, Codable, Sendable {
    /// Nobody's in particular.
    case everybody
    /// That of the user with this number.
    case user(UInt32)
    /// That of whoever fills this first-level folder of the inbox; empty for the inbox itself.
    case folder(FilePath)

    private enum CodingKeys: String, CodingKey {
        case user = "uid"
        case folder
    }

    /// The user's number; nil for another kind of owner.
    public var user: UInt32? {
        if case .user(let number) = self { number } else { nil }
    }

    /// The folder; nil for another kind of owner.
    public var folder: FilePath? {
        if case .folder(let path) = self { path } else { nil }
    }

    /// What it is called where no name is known: a user's number, a folder's name; harmless for one line.
    public var label: String {
        switch self {
        case .everybody: "everybody"
        case .user(let number): "user \(number)"
        case .folder(let path): path.isEmpty ? "the inbox itself" : "'\(path.display)'"
        }
    }

    /// Reads `{"uid": 1000}`, `{"folder": "alice"}`, or `{}` for everybody.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let number = try container.decodeIfPresent(UInt32.self, forKey: .user) {
            self = .user(number)
        } else if let path = try container.decodeIfPresent(FilePath.self, forKey: .folder) {
            self = .folder(path)
        } else {
            self = .everybody
        }
    }

    /// Writes the form that is read.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(user, forKey: .user)
        try container.encodeIfPresent(folder, forKey: .folder)
    }
}
