internal import MomentsCore
internal import MomentsSystem
internal import MomentsWorkers

/// The workers that are at work, and those that are being started.
struct WorkerPool {
    private var runs: [String: Run] = [:]
    private var starting: [String: FilePath] = [:]

    /// How many jobs have a worker, or are about to.
    var count: Int { runs.count + starting.count }

    /// Whether there is none.
    var isEmpty: Bool { count == 0 }

    /// The workers.
    var all: [Run] { Array(runs.values) }

    /// The videos that are worked on.
    var paths: [FilePath] { runs.values.map(\.path) + starting.values }

    /// The worker of a job.
    subscript(jobID: String) -> Run? {
        get { runs[jobID] }
        set { runs[jobID] = newValue }
    }

    /// Whether a job has a worker, or is about to.
    func isBusy(_ jobID: String) -> Bool { runs[jobID] != nil || starting[jobID] != nil }

    /// Notes that a worker is being started.
    mutating func begin(_ jobID: String, _ path: FilePath) { starting[jobID] = path }

    /// Notes that it was started, or could not be.
    mutating func began(_ jobID: String) { starting[jobID] = nil }

    /// Tells a worker to stop.
    mutating func stop(_ jobID: String, _ reason: WorkerStop, grace: Duration) {
        guard let run = runs[jobID], !run.isOver else { return }
        runs[jobID]?.isStopped = true
        run.worker.stop(reason, grace: grace)
    }
}
