internal import FoundationEssentials
public import MomentsCore
internal import MomentsSystem
internal import Synchronization

/// Which content was processed with which options, for videos that have left the inbox: one line of JSON each.
///
/// Safe from any thread. What a power failure tears off its end is a video that would be processed again.
public final class KnownResults: Sendable {
    /// One result.
    public struct Entry: Hashable, Codable, Sendable {
        /// The content's identity.
        public let content: String
        /// How the result was made.
        public let options: JobOptions
        /// The result's folder in the outbox.
        public let folder: FilePath
        /// The job's identifier.
        public let jobID: String
    }

    private struct State {
        var log: LineLog
        var entries: [String: [Entry]] = [:]
    }

    private let state: Mutex<State>

    /// Reads what is known; lines that cannot be read are passed over, and what was replaced is written no more.
    public init(file: FilePath) {
        var state = State(log: LineLog(file))
        for entry in state.log.read(Entry.self) { Self.insert(entry, &state) }
        let count = state.entries.values.reduce(0) { $0 + $1.count }
        if state.log.lines > 100, state.log.lines > 2 * count {
            try? state.log.replace(state.entries.sorted { $0.key < $1.key }.flatMap(\.value))
        }
        self.state = Mutex(state)
    }

    /// Remembers the result of a completed job; failing to do so costs only time, later.
    public func add(_ manifest: Manifest) {
        guard let content = manifest.source.contentID, let folder = manifest.result?.folder else { return }
        let entry = Entry(content: content, options: manifest.config, folder: folder, jobID: manifest.jobID)
        state.withLock { state in
            guard state.entries[content]?.contains(entry) != true else { return }
            Self.insert(entry, &state)
            try? state.log.add(entry, durable: true)
        }
    }

    /// The newest result of this content, made with exactly these options.
    public func find(content: String, options: JobOptions) -> Entry? {
        state.withLock { $0.entries[content]?.last { $0.options == options } }
    }

    /// A newer result of the same content with the same options takes the older one's place.
    private static func insert(_ entry: Entry, _ state: inout State) {
        var entries = (state.entries[entry.content] ?? []).filter { $0.options != entry.options }
        entries.append(entry)
        state.entries[entry.content] = entries
    }
}
