internal import MomentsCore
internal import MomentsSystem

/// What follows from a decision: the supervisor does it, in this order.
enum Action: Sendable {
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
    case deadline(Deadline, Moment?)
    /// Take everything about a video off the agenda.
    case clearDues(FilePath)
    /// Start a worker.
    case launch(Launch)
    /// Find out whether a waiting job is a duplicate of another one.
    case compare(FilePath, with: String)
    /// Show a job's result.
    case publish(Manifest)
    /// Forget a worker that has ended.
    case dismiss(String)
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
    /// Note beside files that they go on with a recording, and take such notes away beside those that no longer do.
    case point([FilePath], to: FilePath, released: [FilePath])
    /// Look at names in the inbox.
    case look([FilePath])
    /// Take a video out of the inbox, where that is configured.
    case clearAway(FilePath)
    /// Say something, or remember it as wrong or well.
    case notice(Notice)
    /// Write or remove something, of whose end nobody has to hear.
    case chore(Chore)
    /// What is known of a job is to be noted.
    case record(FilePath)
}

extension Action {
    /// Put something about a video on the agenda, or take it off.
    static func due(_ path: FilePath, _ what: Deadline.Video, _ due: Moment?) -> Action {
        .deadline(.video(path, what), due)
    }

    /// Keep a manifest without a video until this moment.
    static func orphan(_ key: String, until: Moment?) -> Action { .deadline(.orphan(key), until) }

    /// Say once that something went wrong.
    static func problem(_ text: String) -> Action { .notice(.problem(text)) }
    /// Say something that is no problem.
    static func note(_ text: String) -> Action { .notice(.note(text)) }
    /// Remember that something is wrong.
    static func raise(_ problem: Problem, _ text: String) -> Action { .notice(.raise(problem, text)) }
    /// Something is well again.
    static func settle(_ problem: Problem) -> Action { .notice(.settle(problem)) }
    /// Something could not be looked at, which says nothing about it.
    static func unreadable(_ error: SystemError) -> Action { .notice(.unreadable(error)) }

    /// Take back a result that was just shown.
    static func retract(_ folder: FilePath, of jobID: String) -> Action { .chore(.retract(folder, of: jobID)) }
    /// Note that a job was cut off, and did not end the service itself.
    static func cutOff(_ jobID: String) -> Action { .chore(.cutOff(jobID)) }
    /// What is known of a job is known no more.
    static func strike(_ jobID: String) -> Action { .chore(.strike(jobID)) }
}
