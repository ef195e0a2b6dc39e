public import MomentsCore
public import MomentsSettings
public import MomentsWatch
public import MomentsWorkers

/// What the supervisor has to know.
public struct SupervisorConfiguration: Sendable {
    /// Turns a request (nil without one) and the preset a folder's name selects into options.
    public typealias Resolver =
        @Sendable (_ request: [UInt8]?, _ folderPreset: String?) throws(JobError) -> JobWish

    /// Turns a story, its request (nil without one) and the preset a folder's name selects into options.
    public typealias StoryResolver =
        @Sendable (_ story: [UInt8], _ request: [UInt8]?, _ folderPreset: String?) throws(JobError) -> JobWish

    /// Finds the values of the style that options name.
    public typealias StyleFinder = @Sendable (_ options: JobOptions) throws(JobError) -> ClipStyle

    /// Where videos arrive; absolute.
    public var inbox: FilePath
    /// Where results appear; absolute.
    public var outbox: FilePath
    /// What is remembered of past jobs; absolute.
    public var state: FilePath
    /// The worker's command: an optional launcher's words, then the program.
    public var worker: [FilePath]
    /// How long a file must be quiet.
    public var settleTime = Duration.seconds(5)
    /// How long after its last change an incomplete file is given up.
    public var giveUpAfter = Duration.seconds(86_400)
    /// How long an incomplete file may not change before that is told, once.
    public var stalledAfter = Duration.seconds(1800)
    /// How changes are found out.
    public var watch = WatchMode.auto
    /// How often polled folders are looked at.
    public var pollInterval = Duration.seconds(10)
    /// How often everything is listed, whatever was reported.
    public var reconcileInterval = Duration.seconds(600)
    /// Patterns of names to leave alone, besides the built-in ones.
    public var ignore: [String] = []
    /// Which folders get an album; nil for none.
    public var albums: AlbumScope? = .requested
    /// The quiet in a folder before its album is made.
    public var quiet = Duration.seconds(600)
    /// The most videos of an album.
    public var mostInAlbum = 2000
    /// Whether what cameras and people put beside a video is known as belonging to it.
    public var knowsCompanions = true
    /// Whether content that is there already is linked to its result instead of being processed again.
    public var linksDuplicates = false
    /// What becomes of a video whose job was completed.
    public var afterSuccess = Settings.SuccessPolicy.keep
    /// What becomes of a video whose job failed for good.
    public var afterFailure = Settings.FailurePolicy.keep
    /// Where completed videos go, if they are archived; absolute.
    public var archive: FilePath = "/srv/momentsd/archive"
    /// Where failed videos go, if they are quarantined; absolute.
    public var quarantine: FilePath = "/srv/momentsd/quarantine"
    /// The most bytes all results may take; nil for no limit.
    public var outboxSize: Int64?
    /// How old a result may become; nil for no limit.
    public var retention: Duration?
    /// In which order videos are taken.
    public var order = QueueOrder.fair
    /// Who takes turns, and how much each may have.
    public var sharing = Sharing()
    /// The stretches of the day in which work is done; nil for all day.
    public var hours: DailyHours?
    /// How many workers may run at once.
    public var workers = 1
    /// The most memory of one worker in bytes; nil for no limit.
    public var memory: Int64?
    /// What a worker does where the kernel cannot shut it in wholly.
    public var sandbox = SandboxPolicy.best
    /// Where models lie, in the order in which they are looked for.
    public var models: [FilePath] = []
    /// Who answers what workers ask of others.
    public var helpers = WorkerHelpers()
    /// How long a worker may say nothing.
    public var stallTimeout = Duration.seconds(600)
    /// How long a worker has to stop when the service stops.
    public var stopTimeout = Duration.seconds(10)
    /// The pauses before each repetition of a transient failure.
    public var retryPauses: [Duration] = [.seconds(60), .seconds(600), .seconds(3600), .seconds(21_600)]
    /// No job starts with less room than this in the outbox, in bytes.
    public var leastFreeSpace: Int64 = 64 << 20
    /// The presets there are; a first-level folder of that name selects one.
    public var presetNames: [String] = []
    /// Turns requests into options.
    public var resolve: Resolver
    /// Finds the values of the style that a job's options name.
    public var style: StyleFinder = { options in ClipStyle.shipped(options.styleInEffect) ?? .modern }
    /// Turns stories into options; nil where they are files like others.
    public var resolveStory: StoryResolver?

    /// Makes a configuration with the built-in defaults.
    public init(inbox: FilePath, outbox: FilePath, state: FilePath, worker: [FilePath], resolve: @escaping Resolver) {
        self.inbox = inbox
        self.outbox = outbox
        self.state = state
        self.worker = worker
        self.resolve = resolve
    }

    /// How long the manifest of a video that is gone is kept: new arrivals must have had time to turn out to be that video.
    var orphanTime: Duration { settleTime * 3 + .seconds(2) }

    /// How long a changed request has to be quiet.
    var requestDelay: Duration { min(.milliseconds(500), settleTime / 2) }
}
