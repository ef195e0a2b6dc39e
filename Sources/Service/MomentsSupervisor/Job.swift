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
    /// How often in a row its worker crashed.
    var crashes = 0

    /// What keeps a quiet file from being processed.
    struct Gap: Hashable {
        var reason: String
        var playable: Bool
    }

    /// The video's path below the inbox.
    var path: FilePath { manifest.source.path }

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
