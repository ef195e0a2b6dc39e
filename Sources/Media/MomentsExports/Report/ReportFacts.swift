public import FoundationEssentials
public import MomentsCore

/// Everything a report tells of a job.
public struct ReportFacts: Sendable {
    /// A segment of the video, and what there is to say of it.
    public struct Segment: Sendable {
        /// What it is called, such as "shot_001".
        public let name: String
        /// Where it is in the video.
        public let range: TimeRange
        /// How good it is among the candidates: 0–1.
        public let score: Double
        /// Why it is in the reel or not, in plain words.
        public let reasons: [String]
        /// What is said in it; nil where nobody knows.
        public let words: String?

        /// Makes a segment.
        public init(name: String, range: TimeRange, score: Double, reasons: [String], words: String? = nil) {
            self.words = words
            self.name = name
            self.range = range
            self.score = score
            self.reasons = reasons
        }
    }

    /// A scene and its still.
    public struct SceneStill: Sendable {
        /// Where it is in the video.
        public let range: TimeRange
        /// How it began.
        public let transition: String
        /// How much it matters: 1–10.
        public let importance: Int
        /// The name of its still beside the report; nil for none.
        public let file: String?
        /// The still itself, for the report to carry; nil leaves it to the file.
        public let image: Data?
        /// The still's media type.
        public let type: String
        /// What is said in it; nil where nobody knows.
        public let words: String?
        /// What it shows, in the words of a command; nil where none was asked.
        public let description: String?

        /// Makes a scene.
        public init(
            range: TimeRange,
            transition: String,
            importance: Int,
            file: String?,
            image: Data?,
            type: String,
            description: String? = nil,
            words: String? = nil
        ) {
            self.description = description
            self.words = words
            self.range = range
            self.transition = transition
            self.importance = importance
            self.file = file
            self.image = image
            self.type = type
        }
    }

    /// A line of a table.
    public struct Row: Sendable {
        /// What is told.
        public let label: String
        /// What it is.
        public let value: String

        /// Makes a line.
        public init(_ label: String, _ value: String) {
            self.label = label
            self.value = value
        }
    }

    /// The video's name.
    public var name: FilePath
    /// What the report is headed with.
    public var title: String
    /// How long the video is.
    public var duration: MediaTime
    /// How long the reel is.
    public var reelDuration: MediaTime
    /// How long it was to be, in seconds.
    public var targetDuration: Double
    /// When the video was recorded; nil where nobody knows.
    public var capturedAt: Timestamp?
    /// The reel's shots, in its order.
    public var shots: [Segment] = []
    /// What was nearly chosen, best first.
    public var nearMisses: [Segment] = []
    /// What each second was worth: about 0.5 for an ordinary one.
    public var scores: [Double] = []
    /// The scenes.
    public var scenes: [SceneStill] = []
    /// What the video is, technically.
    public var technical: [Row] = []
    /// What was done, and how long it took.
    public var work: [Row] = []
    /// What was wrong with the video, or is worth knowing of the result; each one sentence.
    public var troubles: [String] = []
    /// The reel's file, beside the report.
    public var reel = "highlight.mp4"
    /// The same reel in other shapes: each one's name and its file beside the report.
    public var further: [Row] = []
    /// The poster's file, beside the report.
    public var poster: String?
    /// Other files beside the report.
    public var files: [String] = []

    /// What this reel was asked to be; the editor's request says the rest of it again.
    ///
    /// Nil asks for nothing else.
    public var asked: JobOptions?
    /// The preset that was in effect, which the editor's request names again; nil for none.
    public var preset: String?

    /// Makes facts of which only the first are known; set what else is.
    public init(
        name: FilePath,
        title: String,
        duration: MediaTime,
        reelDuration: MediaTime,
        targetDuration: Double
    ) {
        self.name = name
        self.title = title
        self.duration = duration
        self.reelDuration = reelDuration
        self.targetDuration = targetDuration
    }
}
