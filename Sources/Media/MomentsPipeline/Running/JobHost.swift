internal import MomentsCore

/// Those who started a job: they hear what becomes of it, and answer what it asks.
struct JobHost {
    /// Receives every event, in order, on the calling thread.
    let emit: (JobEvent) -> Void
    /// Waits for what is answered to the next question; nil where nobody answers any more.
    let judge: () -> JudgeReply?
    /// The same for the recording that is to be written down.
    let transcript: () -> TranscriptReply?
    /// The same for the next work that is to be done by a command.
    let errand: () -> ErrandReply?

    /// Passes on a sentence for people, where there is one.
    func note(_ sentence: String?) {
        if let sentence { emit(.note(sentence)) }
    }
}
