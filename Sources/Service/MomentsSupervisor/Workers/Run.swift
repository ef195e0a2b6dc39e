internal import MomentsCore
internal import MomentsSystem
internal import MomentsWorkers

/// A worker at a job, as the supervisor knows it.
struct Run: Sendable {
    let worker: Worker
    let jobID: String
    /// The video when the worker was started.
    let source: FileStatus
    /// Where the video was then.
    let firstPath: FilePath
    /// Under what is kept what it finds.
    let content: String?
    /// What was free in the outbox then, in bytes.
    let freeAtStart: Int64
    /// Whose taste its edits are learnt into; nil where nothing is learnt.
    let learning: TasteDesk.Learning?
    var path: FilePath
    /// Whether the process has ended, and its result is on the way to the outbox or is being removed.
    var isOver = false
    /// What its reel teaches, once it was told.
    var lesson: TasteLesson?
    /// Whether it was told to stop.
    var isStopped = false
}
