internal import MomentsCore

/// When a failed job is tried again; pure.
struct RetrySchedule {
    /// The pauses before each repetition, in seconds.
    let pauses: [Double]

    /// A video that crashed its worker this often is not tried again.
    static let mostCrashes = 2

    /// What to make of a failure.
    ///
    /// - Parameters:
    ///   - error: Why the job failed.
    ///   - attempts: How often it was tried, this time included.
    ///   - crashes: How often in a row its worker crashed, this time included.
    ///   - now: The moment of failure.
    /// - Returns: The error as the manifest is to have it, and the time of the next attempt; nil for never.
    func judge(_ error: JobError, attempts: Int, crashes: Int, at now: Timestamp) -> (JobError, Timestamp?) {
        guard error.transient else { return (error, nil) }
        if error.kind == .workerCrashed, crashes >= Self.mostCrashes {
            let message = error.message + " It was tried \(crashes) times and is not tried again by itself."
            return (JobError(error.kind, message, detail: error.detail, transient: false), nil)
        }
        guard attempts >= 1, attempts <= pauses.count else { return (error, nil) }
        return (error, now.adding(seconds: pauses[attempts - 1]))
    }
}
