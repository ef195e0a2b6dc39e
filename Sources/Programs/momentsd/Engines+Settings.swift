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
        func command(
            _ words: [String],
            _ timeout: Duration,
            concurrent: Int = 1,
            reaches network: Bool
        ) -> EngineCommand? {
            guard !words.isEmpty else { return nil }
            let words = words.map { FilePath($0) }
            return EngineCommand(words, timeout: timeout, concurrent: concurrent, hidden: network ? nil : hidden)
        }
        let (voice, planner, subjects) = (settings.engines.voice, settings.engines.planner, settings.subjects)
        let generators = settings.engines.generators.map { generator in
            let command = EngineCommand(
                generator.command.map { FilePath($0) },
                timeout: generator.timeout,
                concurrent: generator.maxConcurrent,
                hidden: generator.network ? nil : hidden
            )
            return (generator.name, command)
        }
        return Engines(
            voice: command(
                voice.command,
                voice.timeout,
                concurrent: max(1, settings.workers.count),
                reaches: voice.network
            ),
            planner: command(planner.command, planner.timeout, reaches: planner.network),
            describer: command(subjects.describe, subjects.describeTimeout, reaches: subjects.describeNetwork),
            generators: Dictionary(uniqueKeysWithValues: generators),
            folder: Self.folder(folders)
        )
    }
}
