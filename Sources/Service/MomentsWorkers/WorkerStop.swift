/// Why a worker was told to stop.
public enum WorkerStop: Hashable, Sendable {
    /// The video was removed, or replaced by other content.
    case unwanted
    /// The service stops; the job is done again later.
    case shutdown
    /// There is no room for its result.
    case noRoom
    /// It said nothing for too long.
    case stalled
    /// The job is to be made anew, with other options.
    case superseded
    /// A person does not want to wait any longer.
    case interrupted
    /// It wrote more than a worker may; the clause says of what.
    case excess(String)
}
