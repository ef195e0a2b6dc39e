internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem
internal import MomentsWorkers

extension Judge {
    /// The socket of the service that runs judges which reach the network.
    static let socket: FilePath = "/run/momentsd/judge.sock"

    /// The judge of a configuration; nil where there is none.
    ///
    /// One that may reach the network is run by a service of its own, where that is there: this one reaches none.
    ///
    /// - Throws: `SystemError` where its answers cannot be kept.
    static func make(_ settings: Settings) throws(SystemError) -> Judge? {
        guard !settings.judge.command.isEmpty else { return nil }
        let (folders, wanted) = (settings.folders, settings.judge)
        let reach: JudgeCommand.Reach =
            if !wanted.network {
                .machine(
                    hidden: [folders.inbox, folders.outbox, folders.state, folders.archive, folders.quarantine]
                )
            } else if (try? FileStatus.of(socket)) != nil { .service(socket) } else { .everything }
        let command = JudgeCommand(wanted.command.map { FilePath($0) }, timeout: wanted.timeout, reach: reach)
        return try Judge(command, folder: folders.state.appending("judge"), concurrent: wanted.maxConcurrent)
    }
}
