internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem
internal import MomentsWorkers

/// Who writes down what is said for this program; nothing of it is remembered.
final class LocalTranscriber {
    /// Who works; others hold it no longer than this.
    let transcriber: Transcriber
    private let folder: FilePath

    /// The command of the configuration.
    ///
    /// - Parameters:
    ///   - settings: The configuration.
    ///   - output: The folder of results, which the command sees nothing of.
    /// - Returns: nil where there is none.
    /// - Throws: `Failure` where there is no room for it.
    static func make(_ settings: Settings, output: FilePath) throws(Failure) -> LocalTranscriber? {
        settings.transcript.command.isEmpty ? nil : try LocalTranscriber(settings, output)
    }

    private init(_ settings: Settings, _ output: FilePath) throws(Failure) {
        let folders = settings.folders
        let hidden = [
            folders.inbox, folders.outbox, folders.state, folders.archive, folders.quarantine, Folder.absolute(output),
        ]
        let command = JudgeCommand(
            settings.transcript.command.map { FilePath($0) },
            timeout: settings.transcript.timeout,
            reach: .machine(hidden: hidden)
        )
        let root = getenv("TMPDIR").map { FilePath(String(cString: $0)) } ?? "/tmp"
        folder = Folder.absolute(root).appending(FilePath("moments-transcript-" + JobIdentifier.make()))
        do { transcriber = try Transcriber(command, folder: folder) } catch { throw Failure("\(error)") }
    }

    deinit {
        transcriber.waitUntilIdle()
        try? Folder.removeTree(folder)
    }
}
