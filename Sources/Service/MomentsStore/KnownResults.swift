internal import FoundationEssentials
internal import Glibc
public import MomentsCore
internal import MomentsSystem

/// Which content was processed with which options, for videos that have left the inbox: one line of JSON each.
///
/// It belongs to one queue. What a power failure tears off its end is a video that would be processed again.
public final class KnownResults {
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

    private let file: FilePath
    private var entries: [String: [Entry]] = [:]

    /// Reads what is known; lines that cannot be read are passed over.
    public init(file: FilePath) {
        self.file = file
        guard let opened = try? Descriptor.openRegular(file),
            let bytes = try? opened.read(64 << 20, at: 0, of: file)
        else { return }
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard let entry = try? MomentsJSON.decode(Entry.self, from: Data(line)) else { continue }
            entries[entry.content, default: []].append(entry)
        }
    }

    /// Remembers the result of a completed job; failing to do so costs only time, later.
    public func add(_ manifest: Manifest) {
        guard let content = manifest.source.contentID, let folder = manifest.result?.folder else { return }
        let entry = Entry(content: content, options: manifest.config, folder: folder, jobID: manifest.jobID)
        guard entries[content]?.contains(entry) != true else { return }
        entries[content, default: []].append(entry)
        guard let line = try? MomentsJSON.line(entry),
            let opened = try? Descriptor.open(file, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW)
        else { return }
        try? opened.write(line, to: file)
        try? opened.synchronize(file)
    }

    /// The newest result of this content, made with exactly these options.
    public func find(content: String, options: JobOptions) -> Entry? {
        entries[content]?.last { $0.options == options }
    }
}
