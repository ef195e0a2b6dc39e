public import MomentsCore
internal import MomentsSystem

/// How a worker's process is started.
public struct WorkerCommand: Hashable, Sendable {
    /// An optional launcher's words, then the program.
    public var words: [FilePath]
    /// The most memory for data, in bytes; nil for no limit.
    public var memory: Int64?
    /// Whether it gets nothing of our environment that speaks for this service to the service manager.
    public var isService: Bool

    /// Describes a command.
    public init(_ words: [FilePath], memory: Int64? = nil, isService: Bool = true) {
        self.words = words
        self.memory = memory
        self.isService = isService
    }

    /// The words that start a worker: the launcher's, then the program that is named, or is found.
    ///
    /// - Parameters:
    ///   - launcher: The command put before the worker's, in words.
    ///   - program: The program somebody named; nil takes the one beside the running program, or else the one in PATH.
    /// - Returns: The words.
    public static func words(launcher: [String], program: FilePath?) -> [FilePath] {
        launcher.map { FilePath($0) } + [program ?? besideUs ?? "moments-worker"]
    }

    /// The worker's program beside the running one, as in a build folder.
    public static var besideUs: FilePath? {
        guard let own = try? Folder.resolved("/proc/self/exe") else { return nil }
        let program = own.parent.appending("moments-worker")
        return (try? FileStatus.of(program)) == nil ? nil : program
    }
}
