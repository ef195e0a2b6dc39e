internal import MomentsCore
internal import MomentsSystem
internal import MomentsWatch

/// One video of the inbox as the supervisor knows it.
struct Job {
    /// What is, or will be, written beside the video.
    var manifest: Manifest
    /// The video when it was last looked at.
    var status: FileStatus
    /// Waits for the video to be quiet; nil once it is known to be whole.
    var tracker: SettleTracker?
    /// When to look at the arriving video again, on the monotonic clock.
    var checkAt: Double?
    /// How long to wait before asking again whether somebody still writes.
    var writerPause = 1.0
    /// Whether the manifest is on disk and the observer knows of the job.
    var isAnnounced = false
    /// Whether the manifest was written when last tried; an inbox that cannot be written to has none to remove.
    var isWritten = false
    /// When to see whether the manifest was removed, on the monotonic clock.
    var manifestAt: Double?
    /// When the video was found missing, on the monotonic clock.
    var goneSince: Double?
    /// The request when it was last taken into account.
    var request: FileStatus?
    /// When to take a changed request into account, on the monotonic clock.
    var requestAt: Double?
    /// When the failed job is tried again, on the monotonic clock.
    var retryAt: Double?
    /// How old the file's last change was when it was first seen, in seconds.
    var firstAge = 0.0
    /// Whether it was told that its upload does not get on.
    var isStallTold = false
    /// Its manifest as we left it, to know when somebody else wrote it.
    var manifestStatus: FileStatus?
    /// The number of its place in the queue.
    var ticket: UInt64 = 0
    /// Whether it is being compared with a video of the same content.
    var isCompared = false
    /// Whether it is being taken out of the inbox, as configured.
    var isLeaving = false
    /// Jobs that were found to have other content after all.
    var distinct: Set<String> = []
    /// How often in a row its worker crashed.
    var crashes = 0

    /// What keeps a quiet file from being processed.
    struct Gap: Hashable {
        var reason: String
        var playable: Bool
    }

    /// The video's path below the inbox.
    var path: FilePath { manifest.source.path }

    /// Whether a person cancelled it while its video stays.
    var isCancelledByHand: Bool { manifest.status == .cancelled }

    /// Makes the job of a video that was just looked at.
    init(manifest: Manifest, status: FileStatus) {
        self.manifest = manifest
        self.status = status
        let age = Double(Timestamp.now.milliseconds) / 1000 - Double(status.changed) / 1e9
        firstAge = max(0, age)
    }

    /// Begins to wait for the video to be quiet.
    mutating func await(_ settleTime: Double, at now: Double) {
        let tracker = SettleTracker(status, settleTime: settleTime, at: now)
        self.tracker = tracker
        checkAt = tracker.settlesAt
    }

    /// Takes the place and the time stamps of the video into the manifest.
    mutating func place(at path: FilePath) {
        manifest.source.name = path.name
        manifest.source.folder = path.parent
    }

    /// Whether the video is the same file with the same content as when last looked at, going by its status.
    func looksUnchanged(_ other: FileStatus) -> Bool {
        status.size == other.size && status.modified == other.modified && status.inode == other.inode
            && status.device == other.device
    }
}
