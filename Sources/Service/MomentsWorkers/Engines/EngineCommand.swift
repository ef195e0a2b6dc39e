public import MomentsCore

/// How a voice or a generator is run.
public struct EngineCommand: Hashable, Sendable {
    /// The program and its arguments; `{lang}` in one stands for the language.
    public var words: [FilePath]
    /// How long it may take.
    public var timeout: Duration
    /// How many run at once.
    public var concurrent: Int
    /// Folders of which it sees nothing; nil where it reaches all that this program does, the network too.
    public var hidden: [FilePath]?

    /// Describes a command.
    public init(_ words: [FilePath], timeout: Duration, concurrent: Int = 1, hidden: [FilePath]?) {
        (self.words, self.timeout, self.concurrent, self.hidden) = (words, timeout, concurrent, hidden)
    }

    /// The words that start it.
    ///
    /// - Parameters:
    ///   - language: The language of what it is given.
    ///   - room: The folder it may write into.
    ///   - readable: The folder of what it is given.
    /// - Returns: Its own words, or those of whoever shuts it in first.
    func start(_ language: StoryLanguage, room: FilePath, readable: FilePath) -> [FilePath] {
        let own = words.map { FilePath(bytes: Self.replaced($0.bytes, by: language.rawValue)) }
        guard let hidden else { return own }
        let worker = WorkerCommand.besideUs ?? "moments-worker"
        return [worker, "--shut-in", room, readable] + hidden + ["--"] + own
    }

    private static func replaced(_ bytes: [UInt8], by language: String) -> [UInt8] {
        let mark = Array("{lang}".utf8)
        var (result, place) = ([UInt8](), 0)
        while place < bytes.count {
            if bytes[place...].starts(with: mark) {
                result += language.utf8
                place += mark.count
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return result
    }

    /// Why it cannot be started; nil where its program is there.
    public var trouble: String? {
        guard let program = words.first, !program.isEmpty else { return "it has no Command=" }
        return ProgramFinder.isThere(program) ? nil : "its program '\(program.display)' is not there, or cannot be run"
    }
}
