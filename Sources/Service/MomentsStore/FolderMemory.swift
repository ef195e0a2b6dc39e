internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSystem

/// What the folders were when they were last in use, kept in the state folder: after a restart, an empty mount point is
/// told from a new folder by it.
struct FolderMemory {
    /// A folder as it was.
    struct Entry: Hashable, Codable {
        var path: FilePath
        var identity: String
        var device: UInt64
    }

    private let file: FilePath

    /// Names the file; nothing is read yet.
    init(file: FilePath) { self.file = file }

    /// What is remembered of a folder of this purpose; nil for none, or one at another path.
    func recall(_ purpose: String, at path: FilePath) -> Entry? {
        entries[purpose].flatMap { $0.path == path ? $0 : nil }
    }

    /// Remembers a folder; failing to do so only costs the protection at the next start.
    func keep(_ entry: Entry, as purpose: String) {
        var entries = entries
        guard entries.updateValue(entry, forKey: purpose) != entry else { return }
        guard let document = try? MomentsJSON.document(entries) else { return }
        _ = try? AtomicFile.replace(file, with: document)
    }

    private var entries: [String: Entry] {
        guard let opened = try? Descriptor.openRegular(file), let bytes = try? opened.read(1 << 16, at: 0, of: file)
        else { return [:] }
        return (try? MomentsJSON.decode([String: Entry].self, from: Data(bytes))) ?? [:]
    }
}
