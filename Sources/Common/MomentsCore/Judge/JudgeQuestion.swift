/// What a judge is asked: which windows of a video belong in its reel (schema `momentsd.judge/1`).
///
/// It is written to the judge's standard input as one JSON object.
public struct JudgeQuestion: Hashable, Codable, Sendable {
    /// The schema's name.
    public static let schema = "momentsd.judge/1"
    /// The windows one question may hold.
    public static let mostWindows = 2000

    /// A window of the video.
    public struct Window: Hashable, Codable, Sendable {
        /// Its number, from 1, as it stands on the sheets.
        public let id: Int
        /// Where it begins, in seconds of the video.
        public let start: Double
        /// Where it ends, in seconds.
        public let end: Double
        /// What it is worth without a judge: about 0.5 for an ordinary one.
        public let score: Double
        /// Why, in plain words.
        public let reasons: [String]

        private enum CodingKeys: String, CodingKey {
            case id
            case start = "in"
            case end = "out"
            case score
            case reasons
        }

        /// Describes a window.
        public init(id: Int, start: Double, end: Double, score: Double, reasons: [String] = []) {
            (self.id, self.start, self.end, self.score, self.reasons) = (id, start, end, score, reasons)
        }
    }

    /// A picture with stills of some windows, a row each, numbered.
    public struct Sheet: Hashable, Codable, Sendable {
        /// A JPEG that can be read while the question is open.
        public let path: FilePath
        /// The windows on it, in their order.
        public let windows: [Int]

        /// Describes a sheet.
        public init(path: FilePath, windows: [Int]) { (self.path, self.windows) = (path, windows) }
    }

    /// The schema this value was written under.
    public let schema: String
    /// The job's identifier.
    public let job: String
    /// What a person wants to see, in their words; nil where nobody said.
    public let want: String?
    /// How long the reel should be, in seconds.
    public let target: Double
    /// How long the video lasts, in seconds.
    public let duration: Double
    /// What is asked about, in order of time.
    public let windows: [Window]
    /// The stills of them.
    public let sheets: [Sheet]

    /// Makes a question.
    public init(
        job: String,
        want: String? = nil,
        target: Double,
        duration: Double,
        windows: [Window],
        sheets: [Sheet]
    ) {
        schema = Self.schema
        self.job = job
        self.want = want
        self.target = target
        self.duration = duration
        self.windows = windows
        self.sheets = sheets
    }
}
