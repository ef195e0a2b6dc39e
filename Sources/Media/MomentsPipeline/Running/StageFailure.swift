internal import MomentsCore

/// What the failure of a stage means for the job, where its cause says nothing nearer.
struct StageFailure: Sendable {
    /// The kind of error.
    let kind: ErrorKind
    /// One sentence for people; told the quoted name of the video.
    let sentence: @Sendable (_ file: String) -> String
}
