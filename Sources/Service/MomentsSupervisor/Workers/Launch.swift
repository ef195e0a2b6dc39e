internal import MomentsCore
internal import MomentsSystem
internal import MomentsWorkers

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

    /// Starts it; reads and writes.
    ///
    /// - Parameter report: Hears the worker.
    /// - Returns: What came of it.
    func start(report: @escaping @Sendable (WorkerNews) -> Void) -> JobStarter.Start {
        starter.start(manifest, status, request: request, isWary: isWary, report: report)
    }
}
