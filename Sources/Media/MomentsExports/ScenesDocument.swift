public import MomentsAnalysis
public import MomentsCore

/// `scenes.json`: every scene of the source, for programs.
public struct ScenesDocument: Encodable, Sendable {
    /// The schema's name.
    public static let schema = "momentsd.scenes/1"

    /// One scene; times in seconds from the first frame, `end` and `endFrame` are the next scene's.
    struct Entry: Encodable {
        let number: Int
        let start: Double
        let end: Double
        let duration: Double
        let startFrame: Int
        let endFrame: Int
        let transition: Transition
        let importance: Int
        let subjects: SceneSubjectsEntry?
        let words: String?
        /// In a command's words; nil where the template's stand.
        let description: String?

        enum CodingKeys: String, CodingKey {
            case number = "scene_number"
            case start
            case end
            case duration
            case startFrame = "start_frame"
            case endFrame = "end_frame"
            case transition
            case importance
            case subjects
            case words
            case description
            case replaceable = "replaceable_elements"
        }

        init(_ scene: Scene, number: Int, subjects: SceneSubjectsEntry?, words: String?, description: String?) {
            self.number = number
            start = scene.start.exportedSeconds
            end = scene.end.exportedSeconds
            duration = scene.range.duration.exportedSeconds
            startFrame = scene.startFrame
            endFrame = scene.endFrame
            transition = scene.transition
            importance = scene.importance
            self.subjects = subjects
            self.words = words
            self.description = description
        }

        func encode(to encoder: any Encoder) throws {
            var entry = encoder.container(keyedBy: CodingKeys.self)
            try entry.encode(number, forKey: .number)
            try entry.encode(start, forKey: .start)
            try entry.encode(end, forKey: .end)
            try entry.encode(duration, forKey: .duration)
            try entry.encode(startFrame, forKey: .startFrame)
            try entry.encode(endFrame, forKey: .endFrame)
            try entry.encode(transition, forKey: .transition)
            try entry.encode(importance, forKey: .importance)
            try entry.encodeIfPresent(words, forKey: .words)
            try entry.encodeIfPresent(description ?? subjects?.description, forKey: .description)
            guard let subjects else { return }
            try entry.encode(subjects.subjects, forKey: .subjects)
            try entry.encode(subjects.replaceable, forKey: .replaceable)
        }
    }

    private let schema = Self.schema
    private let source: FilePath
    private let duration: Double
    private let frameRate: Rational?
    let scenes: [Entry]

    private enum CodingKeys: String, CodingKey {
        case schema
        case source
        case duration
        case frameRate = "frame_rate"
        case scenes
    }

    /// Makes the list.
    ///
    /// - Parameters:
    ///   - scenes: In their order.
    ///   - source: The video's name.
    ///   - duration: How long the video is.
    ///   - frameRate: Its average frame rate; left out where unknown.
    ///   - subjects: Who is in each scene; empty where nobody was looked for.
    ///   - words: What is said in each scene; empty where nobody knows.
    ///   - descriptions: What each scene shows in a command's words, instead of a template's; empty where none was asked.
    public init(
        _ scenes: [Scene],
        source: FilePath,
        duration: MediaTime,
        frameRate: Rational,
        subjects: [SceneSubjectsEntry] = [],
        words: [String?] = [],
        descriptions: [String?] = []
    ) {
        self.source = source
        self.duration = duration.exportedSeconds
        self.frameRate = frameRate.isPositive ? frameRate : nil
        self.scenes = scenes.enumerated().map { index, scene in
            Entry(
                scene,
                number: index + 1,
                subjects: index < subjects.count ? subjects[index] : nil,
                words: index < words.count ? words[index] : nil,
                description: index < descriptions.count ? descriptions[index] : nil
            )
        }
    }

    /// The file.
    ///
    /// - Returns: `scenes.json`.
    /// - Throws: `EncodingError`.
    public func file() throws -> ExportedFile {
        try ExportedFile(kind: "scenes", name: "scenes.json", document: self)
    }

    /// The same list for spreadsheets: RFC 4180, with a line of column names.
    ///
    /// Columns: `scene_number`; `start`, `end`, `duration` in seconds; `start_time`, `end_time` as HH:MM:SS.mmm;
    /// `start_frame`, `end_frame` (exclusive) counting decoded frames from 0; `transition` it began with; `importance`
    /// 1–10.
    ///
    /// - Returns: `scenes.csv`.
    public func table() -> ExportedFile {
        var table = CommaTable(columns: [
            "scene_number", "start", "end", "duration", "start_time", "end_time", "start_frame", "end_frame",
            "transition", "importance",
        ])
        for scene in scenes {
            table.add([
                "\(scene.number)", "\(scene.start)", "\(scene.end)", "\(scene.duration)",
                ClockText.milliseconds(scene.start), ClockText.milliseconds(scene.end),
                "\(scene.startFrame)", "\(scene.endFrame)", scene.transition.rawValue, "\(scene.importance)",
            ])
        }
        return ExportedFile(kind: "scenes_table", name: "scenes.csv", data: table.data)
    }
}
