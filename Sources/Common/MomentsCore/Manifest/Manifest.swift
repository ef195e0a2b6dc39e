/// What is known of one video and its job: the content of `NAME.moments.json`.
public struct Manifest: Hashable, Codable, Sendable {
    /// The schema's name.
    public static let schema = "momentsd.manifest/1"
    /// What is put behind a video's name to name its manifest.
    public static let suffix = ".moments.json"
    /// What is put behind a video's name to name a person's request.
    public static let requestSuffix = ".request.json"

    /// The schema this manifest was written under.
    public var schema: String
    /// The job's UUIDv7.
    public var jobID: String
    /// Where the job stands; changed by its transitions alone.
    public internal(set) var status: JobStatus
    /// Overall progress, 0–100.
    public var progress: Double
    /// One line for people.
    public var message: String
    /// The video.
    public var source: SourceInfo
    /// What lies beside the video and belongs to it, such as a camera's proxy: paths below the inbox.
    public var companions: [FilePath] = []
    /// When the job was made.
    public var createdAt: Timestamp
    /// When this manifest was last written.
    public var updatedAt: Timestamp
    /// When the last attempt began.
    public var startedAt: Timestamp?
    /// When the job reached a final status.
    public var completedAt: Timestamp?
    /// Seconds the last attempt took.
    public var processingTime: Double?
    /// Seconds the job is expected to take, from this machine's own past jobs.
    public var estimatedTime: Double?
    /// How often a worker was started on it.
    public var attempts: Int
    /// When a transient failure is tried again.
    public var nextAttemptAt: Timestamp?
    /// The preset in effect, if any.
    public var preset: String?
    /// Everything that shaped the result.
    public var config: JobOptions
    /// What the video is, once probed.
    public var media: MediaInfo?
    /// The words of the video, where there are any.
    public var transcript: TranscriptInfo?
    /// Which taste chose its reel; nil where nothing was learnt.
    public var taste: TasteInfo?
    /// The stages, in order.
    public var stages: [StageRecord]
    /// What people should know of the last attempt, such as what was mended, in order; one line each.
    public var notes: [String] = []
    /// What was made, once completed.
    public var result: JobResult?
    /// Why it failed, once failed.
    public var error: JobError?

    private enum CodingKeys: String, CodingKey {
        case schema
        case jobID = "job_id"
        case status
        case progress
        case message
        case source
        case companions
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case startedAt = "started_at"
        case completedAt = "completed_at"
        case processingTime = "processing_time"
        case estimatedTime = "estimated_time"
        case attempts
        case nextAttemptAt = "next_attempt_at"
        case preset
        case config
        case media
        case transcript
        case taste
        case stages
        case notes
        case result
        case error
    }

    /// Makes the manifest of a video that has just been noticed.
    public init(jobID: String, source: SourceInfo, config: JobOptions, preset: String?, at now: Timestamp) {
        self.schema = Self.schema
        self.jobID = jobID
        self.status = .uploading
        self.progress = 0
        self.message = "arriving"
        self.source = source
        self.createdAt = now
        self.updatedAt = now
        self.attempts = 0
        self.preset = preset
        self.config = config
        self.stages = Stage.all(of: config).map { StageRecord(name: $0) }
    }

    /// Reads a manifest, which a stranger may have written: numbers out of their range do not decode.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        schema = try container.decode(String.self, forKey: .schema)
        jobID = try container.decode(String.self, forKey: .jobID)
        status = try container.decode(JobStatus.self, forKey: .status)
        progress = try container.number(forKey: .progress, in: 0...100)
        message = try container.decode(String.self, forKey: .message)
        source = try container.decode(SourceInfo.self, forKey: .source)
        companions = try container.decodeIfPresent([FilePath].self, forKey: .companions) ?? []
        createdAt = try container.decode(Timestamp.self, forKey: .createdAt)
        updatedAt = try container.decode(Timestamp.self, forKey: .updatedAt)
        startedAt = try container.decodeIfPresent(Timestamp.self, forKey: .startedAt)
        completedAt = try container.decodeIfPresent(Timestamp.self, forKey: .completedAt)
        processingTime = try container.decodeIfPresent(Double.self, forKey: .processingTime)
        estimatedTime = try container.decodeIfPresent(Double.self, forKey: .estimatedTime)
        attempts = try container.number(forKey: .attempts, in: 0...1_000_000_000)
        nextAttemptAt = try container.decodeIfPresent(Timestamp.self, forKey: .nextAttemptAt)
        preset = try container.decodeIfPresent(String.self, forKey: .preset)
        config = try container.decode(JobOptions.self, forKey: .config)
        media = try container.decodeIfPresent(MediaInfo.self, forKey: .media)
        transcript = try container.decodeIfPresent(TranscriptInfo.self, forKey: .transcript)
        taste = try container.decodeIfPresent(TasteInfo.self, forKey: .taste)
        stages = try container.decode([StageRecord].self, forKey: .stages)
        notes = try container.decodeIfPresent([String].self, forKey: .notes) ?? []
        result = try container.decodeIfPresent(JobResult.self, forKey: .result)
        error = try container.decodeIfPresent(JobError.self, forKey: .error)
    }

    /// Writes every field, also those without a value (as null), so that readers find each key.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(schema, forKey: .schema)
        try container.encode(jobID, forKey: .jobID)
        try container.encode(status, forKey: .status)
        try container.encode(progress, forKey: .progress)
        try container.encode(message, forKey: .message)
        try container.encode(source, forKey: .source)
        try container.encode(companions, forKey: .companions)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(updatedAt, forKey: .updatedAt)
        try container.encode(startedAt, forKey: .startedAt)
        try container.encode(completedAt, forKey: .completedAt)
        try container.encode(processingTime, forKey: .processingTime)
        try container.encode(estimatedTime, forKey: .estimatedTime)
        try container.encode(attempts, forKey: .attempts)
        try container.encode(nextAttemptAt, forKey: .nextAttemptAt)
        try container.encode(preset, forKey: .preset)
        try container.encode(config, forKey: .config)
        try container.encode(media, forKey: .media)
        try container.encode(transcript, forKey: .transcript)
        try container.encode(taste, forKey: .taste)
        try container.encode(stages, forKey: .stages)
        try container.encode(notes, forKey: .notes)
        try container.encode(result, forKey: .result)
        try container.encode(error, forKey: .error)
    }
}
