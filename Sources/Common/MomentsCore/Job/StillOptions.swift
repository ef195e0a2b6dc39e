/// Which pictures are made beside the reel.
public struct StillOptions: Hashable, Codable, Sendable {
    /// The format of thumbnail, poster, contact sheet and scenes' stills.
    public var format: StillFormat
    /// Whether there is a sheet of small pictures for players' scrub bars.
    public var sprite: Bool
    /// Whether there is a short moving picture of the best moments.
    public var preview: Bool
    /// Whether there is a sheet of sixteen pictures with their times.
    public var contactSheet: Bool
    /// Whether each scene has a picture.
    public var scenes: Bool

    private enum CodingKeys: String, CodingKey {
        case format
        case sprite
        case preview
        case contactSheet = "contact_sheet"
        case scenes
    }

    /// Makes options; without arguments the built-in defaults.
    public init(
        format: StillFormat = .jpeg,
        sprite: Bool = true,
        preview: Bool = true,
        contactSheet: Bool = true,
        scenes: Bool = true
    ) {
        self.format = format
        self.sprite = sprite
        self.preview = preview
        self.contactSheet = contactSheet
        self.scenes = scenes
    }

    /// Reads options; a key that an older version did not write has its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        format = try values.decodeIfPresent(StillFormat.self, forKey: .format) ?? format
        sprite = try values.decodeIfPresent(Bool.self, forKey: .sprite) ?? sprite
        preview = try values.decodeIfPresent(Bool.self, forKey: .preview) ?? preview
        contactSheet = try values.decodeIfPresent(Bool.self, forKey: .contactSheet) ?? contactSheet
        scenes = try values.decodeIfPresent(Bool.self, forKey: .scenes) ?? scenes
    }
}
