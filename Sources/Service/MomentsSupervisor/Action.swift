internal import MomentsCore
internal import MomentsSystem

/// What follows from a decision: the supervisor does it, in this order.
enum Action {
    /// Write a job's manifest, and tell the observers.
    case save(FilePath, durable: Bool = false)
    /// Write a job's manifest, and tell nobody.
    case write(FilePath)
    /// Tell the observers what a worker told.
    case told(FilePath, JobEvent)
    /// Tell the observers of a job, without writing.
    case tell(FilePath)
    /// Tell of a job that is no more, and forget it.
    case farewell(Manifest, from: JobStatus?)
    /// Tell that a job is no more.
    case forget(String)
    /// Put a video that is whole into the queue, as it is wanted now.
    case enqueue(FilePath)
    /// Give a pending job its place in the queue.
    case lineUp(FilePath)
    /// End a job as failed.
    case fail(FilePath, JobError, in: Stage? = nil, durable: Bool = true)
    /// Put something on the agenda, or take it off.
    case due(FilePath, Deadline.Video, Moment?)
    /// Put something that is about no single video on the agenda, or take it off.
    case deadline(Deadline, Moment?)
    /// Take everything about a video off the agenda.
    case clearDues(FilePath)
    /// Keep a manifest without a video until this moment.
    case orphan(String, until: Moment?)
    /// Start a worker.
    case launch(Launch)
    /// Find out whether a waiting job is a duplicate of another one.
    case compare(FilePath, with: String)
    /// Show a job's result.
    case publish(Manifest)
    /// Take back a result that was just shown.
    case retract(FilePath, of: String)
    /// Forget a worker that has ended.
    case dismiss(String)
    /// Keep what each owner has had.
    case saveTurns
    /// Keep what past jobs took.
    case saveHistory
    /// Note that a job was cut off, and did not end the service itself.
    case cutOff(String)
    /// A video was taken out of the inbox, with its job.
    case left(FilePath)
    /// Tell the worker of a job to stop.
    case stopWorker(String, WorkerStopWish)
    /// A worker's video has another name.
    case moveRun(String, to: FilePath)
    /// Remove what the attempts at a job left; what was found in its content is kept, where it is given.
    case discard(String, content: String?)
    /// Remove a video's manifest.
    case removeManifest(FilePath)
    /// The manifest under an old name stays until the new one is on the disk.
    case moved(FilePath, jobID: String)
    /// Put something that is no manifest of ours away.
    case setAside(FilePath, reason: String)
    /// Take a video out of the inbox, where that is configured.
    case clearAway(FilePath)
    /// Say once that something went wrong.
    case problem(String)
    /// Say something that is no problem.
    case note(String)
    /// Remember that something is wrong.
    case raise(Problem, String)
    /// Something is well again.
    case settle(Problem)
    /// Something could not be looked at, which says nothing about it.
    case unreadable(SystemError)
    /// What is known of a job is known no more.
    case strike(String)
    /// What is known of a job is to be noted.
    case record(FilePath)
}
