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
    init(_ settings: Settings, output: FilePath) {
        let root = getenv("TMPDIR").map { FilePath(String(cString: $0)) } ?? "/tmp"
        folder = Folder.absolute(root).appending(FilePath("moments-engines-" + JobIdentifier.make()))
        let folders = settings.folders
        let hidden = [
            folders.inbox, folders.outbox, folders.state, folders.archive, folders.quarantine, Folder.absolute(output),
        ]
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
        engines = Engines(
            voice: voice.command.isEmpty
                ? nil
                : EngineCommand(
                    voice.command.map { FilePath($0) },
                    timeout: voice.timeout,
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
            folder: folder
        )
    }

    deinit {
        engines.waitUntilIdle()
        try? Folder.removeTree(folder)
    }
}
