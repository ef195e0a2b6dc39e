public import MomentsAnalysis
public import MomentsCore

/// `subjects.json`: who and what is in the video, for programs.
public struct SubjectsDocument: Encodable, Sendable {
    /// The schema's name.
    public static let schema = "momentsd.subjects/1"

    /// A rectangle in pixels of the upright picture.
    struct Rectangle: Encodable {
        let x: Int
        let y: Int
        let width: Int
        let height: Int

        init(_ box: Box, _ size: (width: Int, height: Int)) {
            let across = (Double(size.width) * box.x, Double(size.width) * (box.x + box.width))
            let down = (Double(size.height) * box.y, Double(size.height) * (box.y + box.height))
            (x, y) = (Int(across.0.rounded()), Int(down.0.rounded()))
            width = Int(across.1.rounded()) - x
            height = Int(down.1.rounded()) - y
        }
    }

    /// What was found in one frame.
    struct Frame: Encodable {
        let frame: Int
        let time: Double
        let detections: [Find]
    }

    /// One find.
    struct Find: Encodable {
        let name: String
        let confidence: Double
        let box: Rectangle
        let track: Int?

        enum CodingKeys: String, CodingKey {
            case name = "class"
            case confidence
            case box = "bbox"
            case track = "track_id"
        }
    }

    /// One subject through the frames.
    struct Track: Encodable {
        struct Point: Encodable {
            let time: Double
            let bbox: Rectangle
        }

        let id: Int
        let name: String
        let start: Double
        let end: Double
        let duration: Double
        let confidence: Double
        let trajectory: [Point]

        enum CodingKeys: String, CodingKey {
            case id = "track_id"
            case name = "class"
            case start
            case end
            case duration
            case confidence = "average_confidence"
            case trajectory
        }
    }

    /// Which pixels of a frame belong to a subject: runs of the upright picture, row by row, in turn of pixels that do not
    /// and that do.
    struct Mask: Encodable {
        let track: Int
        let name: String
        let frame: Int
        let time: Double
        let method: String
        let area: Int
        let runs: [Int]

        enum CodingKeys: String, CodingKey {
            case track = "track_id"
            case name = "class"
            case frame
            case time
            case method
            case area
            case runs
        }

        init(_ mask: SubjectMask, name: String, _ size: (width: Int, height: Int)) {
            (track, self.name, frame, method) = (mask.track, name, mask.number, mask.method)
            time = mask.time.exportedSeconds
            let whole = mask.runs(width: size.width, height: size.height)
            (area, runs) = (whole.area, whole.runs)
        }
    }

    private let schema = Self.schema
    private let source: FilePath
    private let width: Int
    private let height: Int
    private let models: [SubjectFindings.Model]
    private let frames: [Frame]
    private let tracking: [Track]
    private let masks: [Mask]

    private enum CodingKeys: String, CodingKey {
        case schema
        case source
        case width
        case height
        case models
        case frames
        case tracking
        case masks = "segmentation_masks"
    }

    /// Makes the document.
    ///
    /// - Parameters:
    ///   - findings: What was found.
    ///   - source: The video's name.
    ///   - size: The upright picture's width and height in square pixels, in which places are given.
    public init(_ findings: SubjectFindings, source: FilePath, size: (width: Int, height: Int)) {
        self.source = source
        (width, height) = size
        models = findings.models
        frames = findings.looks.map { look in
            Frame(
                frame: look.number,
                time: look.time.exportedSeconds,
                detections: zip(look.detections, look.tracks).compactMap { find, track in
                    // An unsure find that goes on with nobody is none.
                    guard track != nil else { return nil }
                    return Find(
                        name: find.name,
                        confidence: Self.rounded(find.confidence),
                        box: Rectangle(find.box, size),
                        track: track
                    )
                }
            )
        }
        tracking = findings.tracks.filter { $0.points.count > 1 }.map { track in
            Track(
                id: track.id,
                name: track.name,
                start: track.range.start.exportedSeconds,
                end: track.range.end.exportedSeconds,
                duration: track.range.duration.exportedSeconds,
                confidence: Self.rounded(track.points.reduce(0) { $0 + $1.confidence } / Double(track.points.count)),
                trajectory: track.points.map { .init(time: $0.time.exportedSeconds, bbox: Rectangle($0.box, size)) }
            )
        }
        let names = Dictionary(findings.tracks.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        masks = findings.masks.map { Mask($0, name: names[$0.track] ?? "", size) }
    }

    /// The file.
    ///
    /// - Returns: `subjects.json`.
    /// - Throws: `EncodingError`.
    public func file() throws -> ExportedFile {
        try ExportedFile(kind: "subjects", name: "subjects.json", document: self)
    }

    private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
