internal import MomentsCore
internal import MomentsSystem
internal import MomentsWatch

/// One video of the inbox as the supervisor knows it.
struct Job {
    /// What is, or will be, written beside the video.
    var manifest: Manifest
    /// The video when it was last looked at.
    var status: FileStatus
    /// Whether it is all there.
    var video = VideoPhase.settled
    /// What goes on with its job.
    var phase = JobPhase.idle
    /// Whether it is not where it was, for the moment.
    var isGone = false
    /// What stands beside it.
    var companions = Companions()
    /// The status that was told last; nil while nobody was told of it.
    var told: JobStatus?
    /// Jobs that were found to have other content after all.
    var distinct: Set<String> = []
    /// How often in a row its worker crashed.
    var crashes = 0
    /// Whether its last worker ended before it could say why.
    var isWary = false
    /// When its failed attempt is followed by another, whatever the clock on the wall says.
    var isRetried = false

    /// The files beside the video.
    struct Companions {
        /// The manifest as we left it, to know when somebody else wrote it; nil where none of ours stands there.
        var manifest: FileStatus?
        /// Whether the manifest stands there: an inbox that cannot be written to has none to remove.
        var isWritten = false
        /// The request when it was last taken into account.
        var request: FileStatus?
        /// What the request, or its absence, amounts to.
        var wish = Wish.asMade
    }

    /// What is wanted, told in little: most jobs are made exactly as wanted.
    indirect enum Wish {
        /// What stands in the manifest.
        case asMade
        case other(JobWish)
        case refused(JobError)
    }

    /// The video's path below the inbox.
    var path: FilePath { manifest.source.path }

    /// The content it was last seen to hold.
    var content: String? { manifest.source.contentID }

    /// Whether a person cancelled it while its video stays.
    var isCancelledByHand: Bool { manifest.status == .cancelled }

    /// Whether the observers know of it.
    var isAnnounced: Bool { told != nil }

    /// Whether its video is there, and known to be whole.
    var isSettled: Bool { video.settling == nil && !isGone }

    /// The stage its worker is in.
    var runningStage: Stage? { manifest.stages.first { $0.status == .running }?.name }

    /// What is wanted of it.
    var wish: Result<JobWish, JobError> {
        switch companions.wish {
        case .asMade: .success(JobWish(manifest.config, preset: manifest.preset, isCancelled: isCancelledByHand))
        case .other(let wish): .success(wish)
        case .refused(let error): .failure(error)
        }
    }

    /// Whether its request says that no result is wanted.
    var isCancelWanted: Bool { (try? wish.get().isCancelled) ?? false }

    /// Whether the result was, or is being, made as it is wanted.
    var isAsWanted: Bool {
        guard case .success(let wish) = wish else { return false }
        return wish.options == manifest.config && wish.preset == manifest.preset
    }

    /// Makes the job of a video that was just looked at.
    init(manifest: Manifest, status: FileStatus) {
        self.manifest = manifest
        self.status = status
    }

    /// Takes what a look at the request told.
    ///
    /// A request to cancel that was known before is no word about a job that was made in spite of it.
    mutating func take(_ request: RequestSight) {
        var request = request
        if request.status == companions.request, !isCancelWanted {
            request = request.withoutCancel
        }
        companions.request = request.status
        companions.wish =
            switch request.wish {
            case .failure(let error): .refused(error)
            case .success(let wish):
                wish.options == manifest.config && wish.preset == manifest.preset
                    && wish.isCancelled == isCancelledByHand ? .asMade : .other(wish)
            }
    }

    /// Keeps what is wanted, though what was made changes.
    mutating func change(_ body: (inout Manifest) -> Void) {
        let wish = wish
        body(&manifest)
        take(RequestSight(status: companions.request, wish: wish))
    }

    /// Begins to wait until the video has been quiet for a time.
    mutating func beginSettling(_ settleTime: Duration, at now: Moment) -> Moment {
        let settling = VideoPhase.Settling(status, settleTime: settleTime, at: now)
        video = .settling(settling)
        return settling.tracker.settlesAt
    }

    /// Takes the place of the video into the manifest.
    mutating func place(at path: FilePath) {
        manifest.source.move(to: path)
    }

    /// Whether the video is the same file with the same content as when last looked at, going by its status.
    func looksUnchanged(_ other: FileStatus) -> Bool {
        status.size == other.size && status.modified == other.modified && status.inode == other.inode
            && status.device == other.device
    }
}
