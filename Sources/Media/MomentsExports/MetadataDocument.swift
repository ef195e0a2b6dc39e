public import MomentsCore

/// `metadata.json`: everything the source's container says of it.
///
/// What the file does not say is left out. Tags are the words of strangers: kept as they are, with every invisible
/// character in JSON's own escapes.
public struct MetadataDocument: Encodable, Sendable {
    /// A named segment.
    public struct Chapter: Encodable, Sendable {
        private let title: String
        private let start: Double
        private let end: Double

        /// Makes a chapter, on the video's clock.
        public init(title: String, range: TimeRange) {
            self.title = title
            start = range.start.exportedSeconds
            end = range.end.exportedSeconds
        }
    }

    /// What the video was recorded with.
    public struct Camera: Encodable, Sendable {
        private let make: String?
        private let model: String?

        /// Makes a description; nil where neither is known.
        public init?(make: String?, model: String?) {
            if make == nil, model == nil { return nil }
            self.make = make
            self.model = model
        }
    }

    /// The schema's name.
    public let schema = "momentsd.metadata/1"
    /// The file's name.
    public var name: FilePath
    /// The file's size in bytes.
    public var size: Int64
    /// The container's name.
    public var container: String
    /// Seconds from the first frame to the end of the last.
    public var duration: Double
    /// The same as an exact fraction.
    public var exactDuration: Rational
    /// Bits per second of the whole file.
    public var bitRate: Int64
    /// Whether the frames follow each other at uneven times.
    public var variableFrameRate: Bool
    /// How the frames follow each other.
    public var timing: FrameTiming
    /// When it was recorded.
    public var capturedAt: Timestamp?
    /// Where it was recorded.
    public var location: Location?
    /// What it was recorded with.
    public var camera: Camera?
    /// Every stream, in the file's order.
    public var streams: [MetadataStream]
    /// The container's chapters.
    public var chapters: [Chapter]
    /// The container's own tags.
    public var tags: [String: String]

    private enum CodingKeys: String, CodingKey {
        case schema
        case name
        case size
        case container
        case duration
        case exactDuration = "duration_exact"
        case bitRate = "bit_rate"
        case variableFrameRate = "variable_frame_rate"
        case timing
        case capturedAt = "captured_at"
        case location
        case camera
        case streams
        case chapters
        case tags
    }

    /// Makes a description; set what else is known.
    ///
    /// - Parameters:
    ///   - name: The file's name.
    ///   - size: The file's size in bytes.
    ///   - container: The container's name.
    ///   - duration: From the first frame to the end of the last.
    ///   - timing: How the frames follow each other.
    ///   - streams: Every stream, in the file's order.
    public init(
        name: FilePath,
        size: Int64,
        container: String,
        duration: MediaTime,
        timing: FrameTiming,
        streams: [MetadataStream]
    ) {
        self.name = name
        self.size = size
        self.container = container
        self.duration = duration.exportedSeconds
        exactDuration = Rational(duration.ticks, duration.timescale)
        bitRate = duration.seconds > 0 ? Int64((Double(size) * 8 / duration.seconds).rounded()) : 0
        variableFrameRate = timing.isVariable
        self.timing = timing
        self.streams = streams
        chapters = []
        tags = [:]
    }

    /// The file.
    ///
    /// - Returns: `metadata.json`.
    /// - Throws: `EncodingError`.
    public func file() throws -> ExportedFile {
        try ExportedFile(kind: "metadata", name: "metadata.json", document: self)
    }
}
