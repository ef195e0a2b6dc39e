/// What is done about the people, faces and objects in a video.
public struct SubjectOptions: Hashable, Codable, Sendable {
    /// Who is looked for.
    public var detect: SubjectDetection

    /// Makes options; without arguments the built-in defaults.
    public init(detect: SubjectDetection = .auto) { self.detect = detect }

    /// Reads options; a key that an older version did not write has its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        detect = try values.decodeIfPresent(SubjectDetection.self, forKey: .detect) ?? .auto
    }

    private enum CodingKeys: String, CodingKey {
        case detect
    }
}
