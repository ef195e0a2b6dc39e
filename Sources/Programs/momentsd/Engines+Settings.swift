internal import MomentsCore
internal import MomentsSettings
internal import MomentsWorkers

extension Engines {
    /// Where the daemon's commands work.
    static func folder(_ folders: Settings.Folders) -> FilePath { folders.state.appending("engines") }

    /// Who speaks and makes shots in a configuration.
    ///
    /// One that reaches the network is not shut in beside the rights of this process.
    static func make(_ settings: Settings) -> Engines {
        let folders = settings.folders
        let hidden = [folders.inbox, folders.outbox, folders.state, folders.archive, folders.quarantine]
        let (voice, planner) = (settings.voice, settings.planner)
        let generators = settings.generators.map { generator in
            let command = EngineCommand(
                generator.command.map { FilePath($0) },
                timeout: generator.timeout,
                concurrent: generator.maxConcurrent,
                hidden: generator.network ? nil : hidden
            )
            return (generator.name, command)
        }
        return Engines(
            voice: voice.command.isEmpty
                ? nil
                : EngineCommand(
                    voice.command.map { FilePath($0) },
                    timeout: voice.timeout,
                    concurrent: max(1, settings.workers.count),
                    hidden: voice.network ? nil : hidden
                ),
            planner: planner.command.isEmpty
                ? nil
                : EngineCommand(
                    planner.command.map { FilePath($0) },
                    timeout: planner.timeout,
                    hidden: planner.network ? nil : hidden
                ),
            generators: Dictionary(uniqueKeysWithValues: generators),
            folder: Self.folder(folders)
        )
    }
}
