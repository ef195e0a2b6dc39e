/// One job for one worker: what to read, where to write, how to make it.
///
/// The daemon writes it as one line of JSON to the worker's standard input.
public struct JobSpec: Hashable, Codable, Sendable {
    /// The schema's name.
    public static let schema = "momentsd.job/1"

    /// The schema this value was written under.
    public let schema: String
    /// The job's UUIDv7.
    public let jobID: String
    /// The video: an absolute path without links on the way, opened for reading only.
    public let source: FilePath
    /// The name people know the video by; made harmless wherever it is shown.
    public let name: FilePath
    /// The folder every output is written into; it exists, is absolute and empty.
    public let staging: FilePath
    /// How the result is made.
    public var options: JobOptions
    /// Whether the standard input stays open while the job is wanted, so that its end stops the worker.
    public let lifeline: Bool
    /// What the worker does where it cannot be shut in wholly.
    public let sandbox: SandboxPolicy
    /// Where models lie, in the order in which they are looked for; absolute.
    public let models: [FilePath]
    /// The files that go on where the video's own ends, in their order: absolute paths without links on the way.
    public let parts: [FilePath]
    /// The videos of an album, of which one reel is made; empty for a job of one video.
    public let album: [AlbumFile]
    /// Whether the last worker at this job ended before it could say why: the video of an album that it was at is left out.
    public let isWary: Bool
    /// What lies beside the video and belongs to it, as its notes and its proxy: absolute paths, read only, perhaps gone.
    public let companions: [FilePath]
    /// What is said in it, as a file of subtitles: an absolute path without links on the way; nil where there is none.
    public let transcript: FilePath?
    /// The product's picture beside the video: an absolute path without links on the way; nil where there is none.
    public let picture: FilePath?
    /// What a command wrote down of what is said, as WebVTT in a file that only the service writes; nil where it was not
    /// asked.
    public let transcription: FilePath?
    /// What each signal counts for those whose reel it is.
    public let taste: Taste
    /// Whether it is told what is to be learnt of its edits.
    public let learns: Bool
    /// Whether nothing is made: the worker only chooses, and says by what.
    public let rehearses: Bool
    /// Stretches of finished jobs' videos that a story may show; read only, perhaps gone.
    public let footage: [Footage]
    /// The preset the options come from, by its name; nil for none.
    public let preset: String?
    /// All values of the style that the options name.
    public let style: ClipStyle

    private enum CodingKeys: String, CodingKey {
        case schema
        case jobID = "job_id"
        case source
        case name
        case staging
        case options
        case lifeline
        case sandbox
        case models
        case parts
        case album
        case isWary = "wary"
        case companions
        case transcript
        case picture
        case transcription
        case taste
        case learns
        case rehearses
        case footage
        case preset
        case style
    }

    /// Makes a job.
    public init(
        jobID: String,
        source: FilePath,
        name: FilePath,
        staging: FilePath,
        options: JobOptions,
        lifeline: Bool = false,
        sandbox: SandboxPolicy = .best,
        models: [FilePath] = [],
        parts: [FilePath] = [],
        album: [AlbumFile] = [],
        isWary: Bool = false,
        companions: [FilePath] = [],
        transcript: FilePath? = nil,
        picture: FilePath? = nil,
        transcription: FilePath? = nil,
        taste: Taste = .none,
        learns: Bool = false,
        rehearses: Bool = false,
        footage: [Footage] = [],
        preset: String? = nil,
        style: ClipStyle? = nil
    ) {
        self.schema = Self.schema
        self.jobID = jobID
        self.source = source
        self.name = name
        self.staging = staging
        self.options = options
        self.lifeline = lifeline
        self.sandbox = sandbox
        self.models = models
        self.parts = parts
        self.album = album
        self.isWary = isWary
        self.companions = companions
        self.transcript = transcript
        self.picture = picture
        self.transcription = transcription
        self.taste = taste
        self.learns = learns
        self.rehearses = rehearses
        self.footage = footage
        self.preset = preset
        self.style = style ?? Self.shippedStyle(of: options)
    }

    /// Reads a job; one that says nothing of the sandbox takes what there is, and one that names no models or companions has none, and one without a style
    /// has the one that ships under its name.
    public init(from decoder: any Decoder) throws {
        let job = try decoder.container(keyedBy: CodingKeys.self)
        schema = try job.decode(String.self, forKey: .schema)
        jobID = try job.decode(String.self, forKey: .jobID)
        source = try job.decode(FilePath.self, forKey: .source)
        name = try job.decode(FilePath.self, forKey: .name)
        staging = try job.decode(FilePath.self, forKey: .staging)
        options = try job.decode(JobOptions.self, forKey: .options)
        lifeline = try job.decode(Bool.self, forKey: .lifeline)
        sandbox = try job.decodeIfPresent(SandboxPolicy.self, forKey: .sandbox) ?? .best
        models = try job.decodeIfPresent([FilePath].self, forKey: .models) ?? []
        parts = try job.decodeIfPresent([FilePath].self, forKey: .parts) ?? []
        album = try job.decodeIfPresent([AlbumFile].self, forKey: .album) ?? []
        isWary = try job.decodeIfPresent(Bool.self, forKey: .isWary) ?? false
        companions = try job.decodeIfPresent([FilePath].self, forKey: .companions) ?? []
        transcript = try job.decodeIfPresent(FilePath.self, forKey: .transcript)
        picture = try job.decodeIfPresent(FilePath.self, forKey: .picture)
        transcription = try job.decodeIfPresent(FilePath.self, forKey: .transcription)
        taste = try job.decodeIfPresent(Taste.self, forKey: .taste) ?? .none
        learns = try job.decodeIfPresent(Bool.self, forKey: .learns) ?? false
        rehearses = try job.decodeIfPresent(Bool.self, forKey: .rehearses) ?? false
        footage = try job.decodeIfPresent([Footage].self, forKey: .footage) ?? []
        preset = try job.decodeIfPresent(String.self, forKey: .preset)
        style = try job.decodeIfPresent(ClipStyle.self, forKey: .style) ?? Self.shippedStyle(of: options)
    }

    /// How long a shot of the reel may be in its style, in seconds; nil for as long as anywhere.
    public var longestShot: Double? { options.product == nil ? nil : style.longestShot }

    private static func shippedStyle(of options: JobOptions) -> ClipStyle {
        ClipStyle.shipped(options.styleInEffect) ?? .modern
    }
}
