package import MomentsCore

/// Everything that becomes due at some moment.
package enum Deadline: Hashable, Sendable {
    /// What becomes due for one video.
    package enum Video: Hashable, CaseIterable, Sendable {
        /// To be looked into, because it may be whole.
        case check
        /// To be told of: it is no name of a moment.
        case announce
        /// To be given up, because it was not there.
        case withdraw
        /// Its request to be read.
        case request
        /// To see whether its manifest was removed or replaced.
        case manifest
        /// To be tried again.
        case retry
    }

    case video(FilePath, Video)
    /// A manifest whose video did not turn up.
    case orphan(String)
    /// A look through the folders' times.
    case reconcile
    /// A look at the folders that report nothing.
    case poll
    /// A look at the videos of running workers, where nothing reports that they are gone.
    case runs
    /// A look whether inbox and outbox are still the same.
    case folders
    /// The test files of the watch.
    case canaries
    /// The start or end of the working hours.
    case hours
    /// Quotas, and what could not leave the inbox.
    case tidying
    /// A look whether it is another day for those who had enough today.
    case day
    /// Another try to start a job.
    case schedule
    /// The manifests that could not be written.
    case rewrite
    /// What could not be noted in the service's own books.
    case books
    /// The manifests of renamed videos that are not yet on the disk.
    case flush
    /// The report of the health.
    case health
    /// The end of the time for those who do not stop.
    case stop
}

extension Agenda where Key == Deadline {
    /// When something is due for a video.
    subscript(path: FilePath, what: Deadline.Video) -> Instant? {
        get { self[.video(path, what)] }
        set { self[.video(path, what)] = newValue }
    }

    /// Takes off everything about a video.
    mutating func clear(_ path: FilePath) { for what in Deadline.Video.allCases { self[path, what] = nil } }
}
