internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem
internal import MomentsWorkers

/// Voice and generators of the configuration, which work for this program.
final class LocalEngines {
    /// Who works; others hold it no longer than this.
    let engines: Engines
    private let folder: FilePath

    /// Prepares; the folders of videos and results are hidden from commands without a network.
    ///
    /// - Parameters:
    ///   - settings: The configuration.
    ///   - describer: The command a person named that describes scenes, in words, which has that person's rights; nil for
    ///     the configuration's.
    ///   - output: The folder of results.
    init(_ settings: Settings, describer: [String]?, output: FilePath) {
        let root = getenv("TMPDIR").map { FilePath(String(cString: $0)) } ?? "/tmp"
        folder = Folder.absolute(root).appending(FilePath("moments-engines-" + JobIdentifier.make()))
        let folders = settings.folders
        let hidden = [
            folders.inbox, folders.outbox, folders.state, folders.archive, folders.quarantine, Folder.absolute(output),
        ]
        func command(_ words: [String], _ timeout: Duration, reaches network: Bool) -> EngineCommand? {
            guard !words.isEmpty else { return nil }
            return EngineCommand(words.map { FilePath($0) }, timeout: timeout, hidden: network ? nil : hidden)
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
        engines = Engines(
            voice: command(voice.command, voice.timeout, reaches: voice.network),
            planner: command(planner.command, planner.timeout, reaches: planner.network),
            describer: command(
                describer ?? subjects.describe,
                subjects.describeTimeout,
                reaches: subjects.describeNetwork || describer != nil
            ),
            generators: Dictionary(uniqueKeysWithValues: generators),
            folder: folder
        )
    }

    deinit {
        engines.waitUntilIdle()
        try? Folder.removeTree(folder)
    }
}
