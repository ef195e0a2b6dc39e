/// Why a worker is stopped by a decision about its video.
enum WorkerStopWish {
    /// The video was removed, replaced, or its job cancelled.
    case unwanted
    /// The job is made anew.
    case superseded
}
