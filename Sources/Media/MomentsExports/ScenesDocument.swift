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

        enum CodingKeys: String, CodingKey {
            case number = "scene_number"
            case start
            case end
            case duration
            case startFrame = "start_frame"
            case endFrame = "end_frame"
            case transition
            case importance
        }

        init(_ scene: Scene, number: Int) {
            self.number = number
            start = scene.start.exportedSeconds
            end = scene.end.exportedSeconds
            duration = scene.range.duration.exportedSeconds
            startFrame = scene.startFrame
            endFrame = scene.endFrame
            transition = scene.transition
            importance = scene.importance
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
    public init(_ scenes: [Scene], source: FilePath, duration: MediaTime, frameRate: Rational) {
        self.source = source
        self.duration = duration.exportedSeconds
        self.frameRate = frameRate.isPositive ? frameRate : nil
        self.scenes = scenes.enumerated().map { Entry($0.element, number: $0.offset + 1) }
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
