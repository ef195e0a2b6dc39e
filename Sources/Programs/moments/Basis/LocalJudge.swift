internal import Glibc
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem
internal import MomentsWorkers

/// A judge that works for this program; what it says is remembered by nobody.
final class LocalJudge {
    /// Who works; others hold it no longer than this.
    let judge: Judge
    private let folder: FilePath

    /// The judge a person named, which has that person's rights, or else the one of the configuration.
    ///
    /// - Parameters:
    ///   - text: The person's command; nil for none.
    ///   - settings: The configuration.
    ///   - output: The folder of results, which the configuration's judge sees nothing of.
    /// - Returns: nil where there is none.
    /// - Throws: `Failure` where the command makes no sense.
    static func make(_ text: String?, _ settings: Settings, output: FilePath) throws(Failure) -> LocalJudge? {
        if let text { return try LocalJudge(named: text) }
        guard !settings.judge.command.isEmpty else { return nil }
        let (folders, wanted) = (settings.folders, settings.judge)
        let hidden = [
            folders.inbox, folders.outbox, folders.state, folders.archive, folders.quarantine, Folder.absolute(output),
        ]
        return try LocalJudge(
            JudgeCommand(
                wanted.command.map { FilePath($0) },
                timeout: wanted.timeout,
                reach: wanted.network ? .everything : .machine(hidden: hidden)
            )
        )
    }

    /// A judge with the rights of whoever named it.
    ///
    /// - Parameters:
    ///   - text: The command, as a shell splits it.
    ///   - name: What stands for `{name}` in it.
    /// - Throws: `Failure` where it makes no sense.
    init(named text: String, for name: FilePath? = nil) throws(Failure) {
        guard let words = Settings.Judge.words(text) else {
            throw Failure("--judge cannot be '\(Escaping.excerpt(text))'; allowed is a command in words", code: .usage)
        }
        let own = words.map { word in name.map { word.replacing("{name}", with: $0.text) } ?? word }
        (judge, folder) = try Self.prepare(JudgeCommand(own.map { FilePath($0) }, reach: .everything))
    }

    private init(_ command: JudgeCommand) throws(Failure) { (judge, folder) = try Self.prepare(command) }

    private static func prepare(_ command: JudgeCommand) throws(Failure) -> (Judge, FilePath) {
        let root = getenv("TMPDIR").map { FilePath(String(cString: $0)) } ?? "/tmp"
        let folder = Folder.absolute(root).appending(FilePath("moments-judge-" + JobIdentifier.make()))
        do { return (try Judge(command, folder: folder), folder) } catch { throw Failure("\(error)") }
    }

    deinit {
        judge.waitUntilIdle()
        try? Folder.removeTree(folder)
    }
}
