package import MomentsCore

/// When a failed job is tried again; pure.
package struct RetrySchedule {
    /// The pauses before each repetition.
    let pauses: [Duration]

    /// Makes a schedule of these pauses.
    package init(pauses: [Duration]) { self.pauses = pauses }

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
    package func judge(_ error: JobError, attempts: Int, crashes: Int, at now: Timestamp) -> (JobError, Timestamp?) {
        guard error.transient else { return (error, nil) }
        if error.kind == .workerCrashed, crashes >= Self.mostCrashes {
            let message = error.message + " It was tried \(crashes) times and is not tried again by itself."
            return (JobError(error.kind, message, detail: error.detail, transient: false), nil)
        }
        guard attempts >= 1, attempts <= pauses.count else { return (error, nil) }
        return (error, now.adding(seconds: pauses[attempts - 1].inSeconds))
    }

    /// When a failed job is due again.
    ///
    /// - Parameters:
    ///   - manifest: The job; one that did not fail, or is not to be tried again, is never due.
    ///   - now: The moment.
    /// - Returns: At most the longest pause from now, however the clock on the wall was set meanwhile.
    package func due(_ manifest: Manifest, at now: Moment) -> Moment? {
        guard manifest.status == .failed, let next = manifest.nextAttemptAt else { return nil }
        return now + min(max(.zero, .seconds(next.seconds(since: .now))), pauses.max() ?? .zero)
    }
}
