internal import MomentsCore
internal import MomentsStore

/// Something to be written or removed, of whose end nobody has to hear.
enum Chore: Sendable {
    /// Take back a result that was just shown.
    case retract(FilePath, of: String)
    /// Remove what the attempts at a job left; what was found in its content is kept, where it is given.
    case removeStaging(String, content: String?)
    /// Keep what each owner has had.
    case saveTurns(OwnerAccounts)
    /// Keep what past jobs took.
    case saveHistory(JobHistory)
    /// Note that a job was cut off, and did not end the service itself.
    case cutOff(String)
    /// What is known of a job is known no more.
    case strike(String)
}
