public import MomentsCore
internal import MomentsSystem

/// Everything the service can be told, with every value resolved.
public struct Settings: Sendable, Hashable {
    /// Where videos come from and results go to; every path is absolute.
    public struct Folders: Sendable, Hashable {
        /// Where people drop their videos.
        public var inbox: FilePath
        /// Where results are published.
        public var outbox: FilePath
        /// What the service keeps for itself.
        public var state: FilePath
        /// The folder of the preset files `NAME.conf`.
        public var presets: FilePath
        /// The folder of the style files `NAME.conf`.
        public var styles: FilePath
        /// Where videos go whose job was completed, if they are archived.
        public var archive: FilePath = "/srv/momentsd/archive"
        /// Where videos go whose job failed for good, if they are quarantined.
        public var quarantine: FilePath = "/srv/momentsd/quarantine"
        /// Which folders get one reel of all their videos.
        public var albums = AlbumMode.request
    }

    /// How arrivals are noticed.
    public struct Intake: Sendable, Hashable {
        /// The quiet before a file counts as arrived.
        public var settleTime = Duration.seconds(5)
        /// The quiet in a folder before its album is made.
        public var quiet = Duration.seconds(600)
        /// The time without a change after which an incomplete file is given up.
        public var giveUpAfter = Duration.seconds(24 * 3600)
        /// The time without a change after which an incomplete file is reported, once.
        public var stalledAfter = Duration.seconds(1800)
        /// The most videos of an album.
        public var mostInAlbum = 2000
        /// How folders are watched.
        public var watch: WatchMode = .auto
        /// The time between two looks at a folder that must be polled.
        public var pollInterval = Duration.seconds(10)
        /// The time between two comparisons of everything with everything.
        public var reconcileInterval = Duration.seconds(600)
        /// Names (shell patterns) to leave alone, besides the built-in ones.
        public var ignore: [String] = []
        /// Whether files beside a video that belong to it are no jobs.
        public var companions: CompanionPolicy = .auto
        /// What happens to content that is there already.
        public var duplicates: DuplicatePolicy = .skip
        /// What becomes of a video whose job was completed.
        public var afterSuccess: SuccessPolicy = .keep
        /// What becomes of a video whose job failed for good.
        public var afterFailure: FailurePolicy = .keep
    }

    /// How workers are run.
    public struct Workers: Sendable, Hashable {
        /// How many work at once.
        public var count: Int = 1
        /// The command put before the worker's own, in words; empty for none.
        public var launcher: [String] = []
        /// The most memory one worker may use.
        public var memoryLimit: MemoryLimit = .auto
        /// The same in bytes; nil sets no limit.
        public var memory: Int64? { memoryLimit.bytes(workers: count) }
        /// What a worker does where the kernel cannot shut it in wholly.
        public var sandbox: SandboxPolicy = .best
        /// The time without any progress after which a worker is ended.
        public var stallTimeout = Duration.seconds(600)
        /// The time a worker has for stopping before it is killed; ours takes less than one.
        public var stopTimeout = Duration.seconds(10)
        /// In which order videos are taken.
        public var order: Order = .fair
        /// The stretches of the day in which work is done; nil for all day.
        public var hours: DailyHours?
        /// The worker's program; nil takes the one beside the running program.
        public var program: FilePath?
    }

    /// What may stay in the outbox.
    public struct Storage: Sendable, Hashable {
        /// The most bytes all results together may take; nil for no limit.
        public var outboxSize: Int64?
        /// The time after which a result is removed; nil for never.
        public var retention: Duration?
    }

    /// Who takes turns, and how much each may have.
    public struct Sharing: Sendable, Hashable {
        /// What tells owners apart.
        public var by = FairShare.owner
        /// The most jobs of one owner at work at once; nil for no limit.
        public var running: Int?
        /// The most bytes of video begun for one owner in a day; nil for no limit.
        public var size: Int64?
        /// The longest video begun for one owner in a day, all together; nil for no limit.
        public var duration: Duration?
    }

    /// Where models lie, and who describes scenes.
    public struct Subjects: Sendable, Hashable {
        /// Folders of models beside that of packages, in the order in which they are looked through.
        public var models: [FilePath] = []
        /// The command that says what scenes show, in words; empty for templates.
        public var describe: [String] = []
        /// How long it may take for one video.
        public var describeTimeout = Duration.seconds(600)
        /// Whether it reaches the network, so that pictures may leave this machine.
        public var describeNetwork = false
    }

    /// The read-only status socket.
    public struct Status: Sendable, Hashable {
        /// The socket's path; at most 107 bytes.
        public var socket: FilePath = "/run/momentsd/status.sock"
        /// Its permissions.
        ///
        /// By default the group that may drop videos may look: names and places of videos are nobody else's business.
        public var mode: UInt32 = 0o660
        /// The group it belongs to, by name or number; nil leaves the process's own.
        public var group: String?
    }

    /// The programs that are told what happens.
    public struct Hooks: Sendable, Hashable {
        /// The commands there are, in words.
        public private(set) var commands: [HookKind: [String]] = [:]
        /// How long one run of one may take.
        public var timeLimit = Duration.seconds(60)

        /// The command that is told of a kind of event, in words; empty for none.
        public subscript(kind: HookKind) -> [String] {
            get { commands[kind] ?? [] }
            set { commands[kind] = newValue.isEmpty ? nil : newValue }
        }
    }

    /// Who looks at stills and says what belongs into a reel.
    public struct Judge: Sendable, Hashable {
        /// Its command, in words; empty for nobody.
        public var command: [String] = []
        /// How long it may take for one question.
        public var timeout = Duration.seconds(600)
        /// How many questions are asked at once.
        public var maxConcurrent = 1
        /// Whether it reaches the network, so that pictures may leave this machine.
        public var network = false

        /// The words of a command, split as a shell does; nil where a quote stays open, or there is none.
        public static func words(_ text: String) -> [String]? {
            Units.words(text).flatMap { $0.isEmpty || $0.contains("") ? nil : $0 }
        }
    }

    /// Who writes down what is said where no subtitles do.
    public struct Transcript: Sendable, Hashable {
        /// Its command, in words; empty for nobody.
        public var command: [String] = []
        /// How long it may take for one video.
        public var timeout = Duration.seconds(3600)
    }

    /// How folders are watched.
    public enum WatchMode: String, CaseIterable, Sendable {
        /// By the kernel's events where they are reliable, else by looking again and again.
        case auto
        /// By the kernel's events alone.
        case inotify
        /// By looking again and again.
        case poll
    }

    /// What happens to content that has been processed under another name.
    public enum DuplicatePolicy: String, CaseIterable, Sendable {
        /// It is linked to the result that is there.
        case skip
        /// It is a job like any other.
        case process
    }

    /// What becomes of files beside a video that belong to it.
    public enum CompanionPolicy: String, CaseIterable, Sendable {
        /// They are left alone, and its manifest names them.
        case auto
        /// Each is a job of its own.
        case off
    }

    /// What becomes of a video whose job was completed.
    public enum SuccessPolicy: String, CaseIterable, Sendable {
        /// It stays.
        case keep
        /// It is moved to the archive, with its manifest.
        case archive
        /// It is removed once its result was read back and found whole.
        case delete
    }

    /// What becomes of a video whose job failed for good.
    public enum FailurePolicy: String, CaseIterable, Sendable {
        /// It stays.
        case keep
        /// It is moved to the quarantine, with its manifest.
        case quarantine
    }

    /// In which order videos are taken.
    public enum Order: String, CaseIterable, Sendable {
        /// The oldest first, but a large one lets smaller ones pass for as long as it will take.
        case fair
        /// The oldest first.
        case oldest
        /// The smallest first.
        case smallest
    }

    /// Where the main file stands unless another one is named.
    public static let defaultFile: FilePath = "/etc/momentsd/momentsd.conf"

    /// Where videos come from and results go to.
    public var folders: Folders
    /// How arrivals are noticed.
    public var intake = Intake()
    /// How results are made, before presets and requests.
    public var options: JobOptions
    /// The preset for videos that name none.
    public var preset: String?
    /// How workers are run.
    public var workers = Workers()
    /// Who looks at stills and says what belongs into a reel.
    public var judge = Judge()
    /// Who writes down what is said where no subtitles do.
    public var transcript = Transcript()
    /// Whoever makes something of words and pictures.
    public var engines = EngineSettings()
    /// What may stay in the outbox.
    public var storage = Storage()
    /// Who takes turns, and how much each may have.
    public var sharing = Sharing()
    /// Whether the outbox has a page of all results.
    public var gallery = true
    /// Where models lie, and who describes scenes.
    public var subjects = Subjects()
    /// The programs that are told what happens.
    public var hooks = Hooks()
    /// The status socket.
    public var status = Status()
    /// The presets, ordered by the bytes of their names.
    var presets: [Preset] = []
    /// The styles of clips.
    public package(set) var styles = StyleShelf()

    /// Where models are looked for, in order; at least one folder.
    public var modelFolders: [FilePath] { subjects.models + [ModelShelf.folder] }

    /// Makes the built-in defaults.
    ///
    /// - Parameter configuration: The folder of the main file, beside which presets and styles lie.
    public init(configuration: FilePath = "/etc/momentsd") {
        options = JobOptions()
        // Where there is a judge it is asked, unless somebody does not want that.
        options.judge = true
        options.transcribe = true
        folders = Folders(
            inbox: "/srv/momentsd/inbox",
            outbox: "/srv/momentsd/outbox",
            state: "/var/lib/momentsd",
            presets: configuration.appending("presets"),
            styles: configuration.appending("styles")
        )
    }
}
