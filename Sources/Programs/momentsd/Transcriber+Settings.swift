internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem
internal import MomentsWorkers

extension Transcriber {
    /// Who writes down what is said, of a configuration; nil where nobody does.
    ///
    /// The command is shut in: no network, and nothing in our folders but the recording.
    ///
    /// - Throws: `SystemError` where transcripts cannot be kept.
    static func make(_ settings: Settings) throws(SystemError) -> Transcriber? {
        guard !settings.transcript.command.isEmpty else { return nil }
        let folders = settings.folders
        let hidden = [folders.inbox, folders.outbox, folders.state, folders.archive, folders.quarantine]
        let command = JudgeCommand(
            settings.transcript.command.map { FilePath($0) },
            timeout: settings.transcript.timeout,
            reach: .machine(hidden: hidden)
        )
        return try Transcriber(command, folder: folders.state.appending("transcripts"))
    }
}
