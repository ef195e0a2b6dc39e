internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem
internal import MomentsWatch

/// What a look at a name in the inbox told.
enum Sighting: Sendable {
    /// A regular file, or a link that leads out of the inbox and is refused once it is quiet.
    case video(FileStatus)
    case folder
    /// Something that is none of our business.
    case other
    /// A file that goes on with the recording that another one begins.
    case part(of: FilePath)
    /// There is no such name; perhaps it was a folder that was listed.
    case missing(wasFolder: Bool)
    /// The kernel could not tell.
    case unknown(SystemError)

    /// The video, if it is one.
    var video: FileStatus? {
        if case .video(let status) = self { status } else { nil }
    }

    /// Whether it may be a video after all.
    var isUncertain: Bool {
        switch self {
        case .video, .unknown: true
        case .folder, .other, .part, .missing: false
        }
    }

    /// Whether it goes on with another file.
    var isPart: Bool {
        if case .part = self { true } else { false }
    }

    /// Whether the kernel clearly said that there is nothing.
    var isMissing: Bool {
        if case .missing = self { true } else { false }
    }
}

/// What a look at a video's request told.
struct RequestSight: Sendable {
    /// The file; nil without one.
    let status: FileStatus?
    /// What it amounts to, together with folder and configuration.
    let wish: Result<JobWish, JobError>

    /// The same, whether or not it says that no result is wanted.
    var withoutCancel: RequestSight {
        RequestSight(
            status: status,
            wish: wish.map { wish in
                var wish = wish
                wish.isCancelled = false
                return wish
            }
        )
    }

    /// Whether it was saved after a moment.
    func isNewer(than moment: Timestamp) -> Bool {
        status.map { max($0.modified, $0.changed) / 1_000_000 > moment.milliseconds } ?? false
    }
}

/// What is found out about a video that is seen for the first time.
struct Inspection: Sendable {
    let path: FilePath
    let sighting: Sighting
    /// What stands in place of its manifest.
    let reading: Result<ManifestStore.Reading, SystemError>
    /// The manifest's file.
    let manifest: FileStatus?
    let request: RequestSight
    /// The manifest of the job's result, where one was published that its own manifest does not tell of.
    let published: Manifest?
    /// Whether what the manifest says of the past is what this service knows of it.
    let isTrusted: Bool
}

/// What a look into a video that may be whole told.
struct Examination: Sendable {
    let sighting: Sighting
    /// How long ago it changed; zero where another machine's clock tells.
    let age: Duration
    /// What its content tells; nil when it was not looked into, because it is not quiet yet.
    let arrival: Arrival?
    let request: RequestSight
    /// The files that go on where it ends.
    var parts: [FilePath] = []
    /// How many videos are too many for an album.
    var surplus = 0

    /// Whether there is no such video any more.
    var isGone: Bool {
        if case .gone = arrival { return true }
        return switch sighting {
        case .missing, .other, .part, .folder: true
        case .video, .unknown: false
        }
    }
}

/// Whether inbox and outbox are there, and ours.
struct FoldersCheck: Sendable {
    /// What is wrong with the inbox; nil for nothing.
    let inbox: String?
    /// What is wrong with the outbox; nil for nothing.
    let outbox: String?
    /// Whether they are in use from now on: at the first time, and when they are back under another number.
    let isInboxNew: Bool
    let isOutboxNew: Bool
    /// Whether the kernel tells when one of them is moved away.
    let areFollowed: Bool
}

/// How the inbox is watched at a moment.
struct WatchState: Sendable, Equatable {
    var reports: [WatchReport] = []
    /// Things worth telling a person that were not told before.
    var notes: [String] = []
    var isPolling = false
    /// When the test files' time is over.
    var canaryDue: Moment?
}
