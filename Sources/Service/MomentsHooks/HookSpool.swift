internal import FoundationEssentials
internal import Glibc
public import MomentsCore
public import MomentsSystem

/// The events that hooks are still to be told, a file each, so that neither a restart nor a crash loses one.
public struct HookSpool: Sendable {
    /// How many may wait; where nobody runs the hooks, no more than these are kept.
    public static let limit = 1000
    private static let longest = 4 << 20

    /// The folder; a path unit watches whether something is in it.
    public let folder: FilePath
    private let state: FilePath

    /// Names the spool in a state folder; nothing is made yet.
    public init(state: FilePath) {
        self.state = state
        folder = state.appending("hooks")
    }

    /// Adds an event.
    ///
    /// - Returns: False where too many wait already.
    /// - Throws: `SystemError` when it cannot be written.
    public func add(_ event: HookEvent) throws(SystemError) -> Bool {
        try Folder.make(folder, mode: 0o750)
        guard try names().count < Self.limit else { return false }
        // Names are in the order of their events. It is whole before it comes in: whoever watches starts the runner.
        try write(event, to: FilePath(JobIdentifier.make() + ".json"))
        return true
    }

    /// Whether anything waits.
    public var hasWaiting: Bool { (try? names())?.isEmpty == false }

    /// The names of all that wait, the oldest first.
    func names() throws(SystemError) -> [FilePath] {
        do { return try Folder.names(in: folder).filter { $0.hasSuffix(".json") }.sorted() } catch {
            if error.isMissing { return [] }
            throw error
        }
    }

    /// An event that waits; nil for a file that is none.
    func read(_ name: FilePath) -> HookEvent? {
        let path = folder.appending(name)
        guard let bytes = try? Descriptor.openRegular(path).read(Self.longest, at: 0, of: path) else { return nil }
        return try? MomentsJSON.decode(HookEvent.self, from: Data(bytes))
    }

    /// Writes an event in place of what has its name.
    func write(_ event: HookEvent, to name: FilePath) throws(SystemError) {
        let content = (try? MomentsJSON.line(event)) ?? Data()
        let aside = state.appending(FilePath(".hook-" + name.text))
        try AtomicFile.replace(aside, with: content, mode: 0o640)
        try Folder.move(aside, to: folder.appending(name))
        try Folder.synchronize(folder)
    }

    /// Takes an event out.
    func remove(_ name: FilePath) throws(SystemError) { try Folder.removeFile(folder.appending(name)) }
}
