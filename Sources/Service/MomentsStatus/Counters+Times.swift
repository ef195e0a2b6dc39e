internal import MomentsCore

extension StatusBoard.Counters {
    /// The bounds of what stages take, in seconds.
    static let stageBounds: [Double] = [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200]
    /// The bounds of what arrivals take, in seconds.
    static let arrivalBounds: [Double] = [1, 2, 5, 10, 30, 60, 300, 1800]

    /// Takes how long a job's stages took, and how long its video's arrival.
    mutating func time(_ transition: JobTransition) {
        let job = transition.after
        if transition.before == .uploading, job.status == .pending {
            // A copied file may be older than its upload; what counts is the later of its last change and its first sight.
            arrivals.observe(job.updatedAt.seconds(since: max(job.source.modifiedAt, job.createdAt)))
        }
        guard job.status == .completed else { return }
        for stage in job.stages {
            guard let start = stage.startedAt, let end = stage.completedAt else { continue }
            stages[stage.name, default: Histogram(Self.stageBounds)].observe(end.seconds(since: start))
        }
    }
}
