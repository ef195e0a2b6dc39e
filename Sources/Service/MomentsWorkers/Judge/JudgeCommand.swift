public import MomentsCore
internal import MomentsSystem

/// How a judge is run.
public struct JudgeCommand: Hashable, Sendable {
    /// What the judge reaches.
    public enum Reach: Hashable, Sendable {
        /// Whatever this program does.
        case everything
        /// No network, and nothing in these folders but the sheets it is asked about; it writes only into a folder that
        /// goes when it ends.
        case machine(hidden: [FilePath])
        /// Whatever the service behind this socket reaches, which runs the command itself.
        case service(FilePath)
    }

    /// The program and its arguments; not empty.
    public var words: [FilePath]
    /// How long it may take.
    public var timeout: Duration
    /// What it reaches.
    public var reach: Reach

    /// Describes a command.
    public init(_ words: [FilePath], timeout: Duration = .seconds(600), reach: Reach) {
        (self.words, self.timeout, self.reach) = (words, timeout, reach)
    }

    /// The words that start it.
    ///
    /// - Parameters:
    ///   - room: The folder it may write into.
    ///   - sheets: The folder of what it is asked about.
    /// - Returns: Its own words, or those of whoever shuts it in first.
    func start(room: FilePath, sheets: FilePath) -> [FilePath] {
        switch reach {
        case .everything, .service: words
        case .machine(let hidden):
            [WorkerCommand.besideUs ?? "moments-worker", "--shut-in", room, sheets] + hidden + ["--"] + words
        }
    }
}
