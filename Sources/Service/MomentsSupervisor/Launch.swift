internal import MomentsCore
internal import MomentsSystem

/// Everything that is needed to start a worker on a job.
struct Launch: Sendable {
    let starter: JobStarter
    /// The job as one that begins.
    let manifest: Manifest
    /// The job as it was.
    let before: Manifest
    /// Its video.
    let status: FileStatus
    /// The request it is made after; nil without one.
    let request: FileStatus?
    /// Whether its last worker ended before it could say why.
    let isWary: Bool
}
