internal import MomentsCore
internal import MomentsSystem
internal import MomentsWatch

/// What goes on with a video's job.
enum JobPhase: Equatable {
    /// Nothing: it is still arriving, or it is over.
    case idle
    /// It waits for a worker, with this ticket of the queue.
    case waiting(UInt64)
    /// It waits, and is being compared with a completed one of the same content.
    case compared(UInt64)
    /// A worker is being started, or is at it.
    case working
    /// Its video is being taken out of the inbox.
    case leaving

    /// Its ticket of the queue, while it waits.
    var ticket: UInt64? {
        switch self {
        case .waiting(let ticket), .compared(let ticket): ticket
        case .idle, .working, .leaving: nil
        }
    }
}
