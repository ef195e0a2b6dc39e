internal import FoundationEssentials
public import MomentsCore
internal import MomentsSystem
internal import Synchronization

/// What this service itself knows of its jobs, in the state folder: one line of JSON for each step that counts.
///
/// Strangers can write manifests into the inbox. What a manifest says of the past counts only where it agrees with what
/// stands here. Safe from any thread; writing takes as long as the disk does.
public final class Ledger: Sendable {
    /// What is known of one job.
    private struct Entry: Hashable, Codable {
        let jobID: String
        var content: String?
        var status: JobStatus
        /// How often in a row a service that started found it in work.
        var starts = 0
        /// Where its result was put.
        var folder: FilePath?
        /// Of which files its result consists.
        var checksum: String?
        /// Whether the job is no more.
        var isOver = false

        private enum CodingKeys: String, CodingKey {
            case jobID = "job_id"
            case content
            case status
            case starts
            case folder
            case checksum
            case isOver = "over"
        }
    }

    private struct State {
        var log: LineLog
        var entries: [String: Entry] = [:]
        /// The jobs of which the last step could not be written.
        var unwritten: Set<String> = []
    }

    private let state: Mutex<State>
    /// Jobs whose step is to be noted; apart, so that nobody who adds one waits for the disk.
    private let waiting = Mutex<[Manifest]>([])

    /// Reads what is known; lines that cannot be read are passed over.
    public init(file: FilePath) {
        var state = State(log: LineLog(file))
        for entry in state.log.read(Entry.self) { state.entries[entry.jobID] = entry.isOver ? nil : entry }
        self.state = Mutex(state)
        self.state.withLock { Self.compact(&$0) }
    }

    /// Whether a job was once begun by this service, with the content its manifest names.
    public func knows(_ manifest: Manifest) -> Bool {
        state.withLock { $0.entries[manifest.jobID].map { $0.content == manifest.source.contentID } ?? false }
    }

    /// Whether everything a manifest says of a job that is over is what this service knows of it.
    public func agrees(with manifest: Manifest) -> Bool {
        state.withLock { state in
            guard let entry = state.entries[manifest.jobID] else { return false }
            return entry.status == manifest.status && entry.content == manifest.source.contentID
                && entry.folder == manifest.result?.folder && entry.checksum == Self.checksum(of: manifest)
        }
    }

    /// Notes where a job stands.
    ///
    /// - Parameters:
    ///   - manifest: The job.
    ///   - durable: Whether to wait for the disk.
    /// - Returns: Whether it could be noted; it is known until this process ends in any case.
    @discardableResult
    public func note(_ manifest: Manifest, durable: Bool = true) -> Bool {
        state.withLock { state in
            var entry = Entry(jobID: manifest.jobID, content: manifest.source.contentID, status: manifest.status)
            entry.starts = manifest.status.isFinal ? 0 : state.entries[manifest.jobID]?.starts ?? 0
            entry.folder = manifest.status == .completed ? manifest.result?.folder : nil
            entry.checksum = Self.checksum(of: manifest)
            return Self.add(entry, durable: durable, &state)
        }
    }

    /// Takes in where a job stands, to be noted by the next `noteWaiting`; touches no disk.
    public func add(_ manifest: Manifest) { waiting.withLock { $0.append(manifest) } }

    /// Notes all that was added, and what could not be written before, with one wait for the disk however many there are.
    ///
    /// - Returns: Whether nothing is left of it.
    public func noteWaiting() -> Bool {
        let manifests = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        for (index, manifest) in manifests.enumerated() { note(manifest, durable: index == manifests.count - 1) }
        return catchUp()
    }

    /// Notes that a service that starts found a job in work.
    ///
    /// - Returns: How often in a row that was so, this time included.
    public func foundAtWork(_ manifest: Manifest) -> Int {
        state.withLock { state in
            var entry =
                state.entries[manifest.jobID]
                ?? Entry(jobID: manifest.jobID, content: manifest.source.contentID, status: manifest.status)
            entry.starts += 1
            _ = Self.add(entry, durable: true, &state)
            return entry.starts
        }
    }

    /// Notes that a job was cut off, and that it was not the job that ended the service.
    public func cutOff(_ jobID: String) {
        state.withLock { state in
            guard var entry = state.entries[jobID], entry.starts > 0 else { return }
            entry.starts = 0
            _ = Self.add(entry, durable: false, &state)
        }
    }

    /// Forgets a job that is no more.
    public func forget(_ jobID: String) {
        state.withLock { state in
            guard var entry = state.entries.removeValue(forKey: jobID) else { return }
            entry.isOver = true
            try? state.log.add(entry, durable: false)
            Self.compact(&state)
        }
    }

    private static func add(_ entry: Entry, durable: Bool, _ state: inout State) -> Bool {
        let old = state.entries.updateValue(entry, forKey: entry.jobID)
        let isWritten = old == entry && !state.unwritten.contains(entry.jobID)
        if isWritten, !durable || !state.log.isUnsynced { return true }
        do { try state.log.add(entry, durable: durable) } catch {
            state.unwritten.insert(entry.jobID)
            return false
        }
        state.unwritten.remove(entry.jobID)
        compact(&state)
        return true
    }

    /// Writes what could not be written when it was noted; whether nothing is left of it.
    private func catchUp() -> Bool {
        state.withLock { state in
            for jobID in state.unwritten.sorted() {
                guard let entry = state.entries[jobID] else {
                    state.unwritten.remove(jobID)
                    continue
                }
                guard Self.add(entry, durable: true, &state) else { return false }
            }
            return true
        }
    }

    /// Writes the file anew once most of its lines tell of steps that were followed by others.
    private static func compact(_ state: inout State) {
        guard state.log.lines > 1000, state.log.lines > 4 * state.entries.count else { return }
        try? state.log.replace(state.entries.values.sorted { $0.jobID < $1.jobID })
    }

    private static func checksum(of manifest: Manifest) -> String? {
        guard manifest.status == .completed, let outputs = manifest.result?.outputs else { return nil }
        var digest = SHA256()
        for output in outputs { digest.update(Array("\(output.path)\n\(output.bytes)\n\(output.sha256)\n".utf8)) }
        return digest.finish()
    }
}
