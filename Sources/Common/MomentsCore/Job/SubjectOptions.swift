/// What is done about the people, faces and objects in a video.
public struct SubjectOptions: Hashable, Codable, Sendable {
    /// Who is looked for.
    public var detect: SubjectDetection
    /// Who is made unrecognizable.
    public var blur: SubjectBlur
    /// Whether it is told which pixels belong to them.
    public var masks = MaskMode.auto
    /// What tells the command that describes scenes from any other; nil where templates do.
    public var describer: String?

    /// Makes options; without arguments the built-in defaults.
    public init(detect: SubjectDetection = .auto, blur: SubjectBlur = .off) {
        (self.detect, self.blur) = (detect, blur)
    }

    /// Reads options; a key that an older version did not write has its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        detect = try values.decodeIfPresent(SubjectDetection.self, forKey: .detect) ?? .auto
        blur = try values.decodeIfPresent(SubjectBlur.self, forKey: .blur) ?? .off
        masks = try values.decodeIfPresent(MaskMode.self, forKey: .masks) ?? .auto
        describer = try values.decodeIfPresent(String.self, forKey: .describer)
    }

    private enum CodingKeys: String, CodingKey {
        case detect
        case blur
        case masks
        case describer
    }

    /// Whether a command is asked what scenes show: not where somebody is to be unrecognizable, since it is shown pictures.
    public var asksDescriber: Bool { describer != nil && blur == .off }
}
