internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem
internal import MomentsWorkers

extension Judge {
    /// The socket of the service that runs judges which reach the network.
    static let socket: FilePath = "/run/momentsd/judge.sock"

    /// The judge of a configuration; nil where there is none.
    ///
    /// One that may reach the network is run by a service of its own: under systemd this one reaches none, and where that
    /// socket does not answer the judge has failed. Elsewhere it runs beside this process, with the rights of whoever started
    /// that.
    ///
    /// - Throws: `SystemError` where its answers cannot be kept.
    static func make(
        _ settings: Settings,
        isService: Bool = getenv("INVOCATION_ID") != nil
    ) throws(SystemError) -> Judge? {
        guard !settings.judge.command.isEmpty else { return nil }
        let (folders, wanted) = (settings.folders, settings.judge)
        let reach: JudgeCommand.Reach =
            if !wanted.network {
                .machine(
                    hidden: [folders.inbox, folders.outbox, folders.state, folders.archive, folders.quarantine]
                )
            } else if isService || (try? FileStatus.of(socket)) != nil { .service(socket) } else { .everything }
        let command = JudgeCommand(wanted.command.map { FilePath($0) }, timeout: wanted.timeout, reach: reach)
        return try Judge(command, folder: folders.state.appending("judge"), concurrent: wanted.maxConcurrent)
    }
}
