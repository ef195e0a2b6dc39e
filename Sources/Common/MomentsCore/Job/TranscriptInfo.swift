/// The words of a video: where they came from, and whether they are used; the manifest's `transcript`.
public struct TranscriptInfo: Hashable, Codable, Sendable {
    /// The file's name beside the video, or the track of it, such as "track 2 (mov_text)".
    public var origin: String
    /// The language, as the file's name or the track's tags tell; nil where nothing does.
    public var language: String?
    /// How the text was encoded; nil for a track.
    public var encoding: String?
    /// How many cues there are.
    public var cues: Int
    /// How many sentences they make.
    public var sentences: Int
    /// Seconds they were moved by to fit what is heard.
    public var offset: Double
    /// Whether they are used.
    public var isUsed: Bool
    /// What was mended, or why they are used for nothing: one sentence; nil where all is well.
    public var note: String?

    private enum CodingKeys: String, CodingKey {
        case origin
        case language
        case encoding
        case cues
        case sentences
        case offset
        case isUsed = "used"
        case note
    }

    /// Describes the words of a video.
    public init(
        origin: String,
        language: String? = nil,
        encoding: String? = nil,
        cues: Int = 0,
        sentences: Int = 0,
        offset: Double = 0,
        isUsed: Bool = false,
        note: String? = nil
    ) {
        self.origin = origin
        self.language = language
        self.encoding = encoding
        self.cues = cues
        self.sentences = sentences
        self.offset = offset
        self.isUsed = isUsed
        self.note = note
    }

    /// The same with every text cut to so many characters.
    public func cut(to longest: Int) -> TranscriptInfo {
        var info = self
        info.origin = Escaping.line(String(origin.prefix(longest)))
        info.language = language.map { Escaping.line(String($0.prefix(longest))) }
        info.encoding = encoding.map { Escaping.line(String($0.prefix(longest))) }
        info.note = note.map { Escaping.line(String($0.prefix(2 * longest))) }
        return info
    }

    /// Reads a description; numbers out of their range do not decode.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        origin = try values.decode(String.self, forKey: .origin)
        language = try values.decodeIfPresent(String.self, forKey: .language)
        encoding = try values.decodeIfPresent(String.self, forKey: .encoding)
        cues = try values.number(forKey: .cues, in: 0...1_000_000_000)
        sentences = try values.number(forKey: .sentences, in: 0...1_000_000_000)
        offset = try values.number(forKey: .offset, in: -1e9...1e9)
        isUsed = try values.decode(Bool.self, forKey: .isUsed)
        note = try values.decodeIfPresent(String.self, forKey: .note)
    }
}
