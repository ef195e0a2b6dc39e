/// A place in a video that its owner, or the camera by itself, marked.
public struct Mark: Hashable, Codable, Sendable {
    /// Who set it, and how.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        /// A button or a word said to a GoPro.
        case hilight
        /// A button of a Sony camera.
        case shotMark = "shot_mark"
        /// A dash camera's sensor, or its button: the whole recording.
        case event
        /// A chapter of the container.
        case chapter
        /// A marker that an editor, or a program, wrote as XMP.
        case marker

        /// The kind in plain words.
        var words: String {
            switch self {
            case .hilight: "HiLight"
            case .shotMark: "shot mark"
            case .event: "event"
            case .chapter: "chapter"
            case .marker: "marker"
            }
        }
    }

    /// Who set it, and how.
    public let kind: Kind
    /// When, in seconds from the first frame shown.
    public let start: Double
    /// Where what is marked ends, in seconds; the same as `start` for a mark of a moment.
    public let end: Double
    /// Its name, one line; nil where it has none.
    public let title: String?

    /// The longest title that is kept, in characters.
    private static let longestTitle = 100

    /// Makes a mark; what a title has of control characters is made visible, and what it has too much of cut off.
    public init(_ kind: Kind, at start: Double, end: Double? = nil, title: String? = nil) {
        self.kind = kind
        self.start = start
        self.end = max(start, end ?? start)
        let line = title.map { Escaping.line(String($0.prefix(Self.longestTitle))) } ?? ""
        self.title = line.isEmpty ? nil : line
    }

    /// For people: "HiLight at 7.5 s", or "chapter 'Goal' at 12.0 s".
    public var words: String {
        let name = title.map { "\(kind.words) '\($0)'" } ?? kind.words
        if kind == .event { return "the camera's own alarm" }
        let tenths = Int64((min(max(start, 0), 1e9) * 10).rounded())
        return "\(name) at \(tenths / 10).\(tenths % 10) s"
    }
}
