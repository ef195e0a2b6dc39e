/// A video as the inbox holds it; the manifest's `source`.
public struct SourceInfo: Hashable, Codable, Sendable {
    /// Its name; `{"hex": …}` where the bytes are not UTF-8.
    public var name: FilePath
    /// Its folder below the inbox; empty for the inbox itself.
    public var folder: FilePath
    /// The files that go on where this one ends, in their order; paths below the inbox.
    public var parts: [FilePath] = []
    /// Its size in bytes, with all of its parts.
    public var size: Int64
    /// When its content last changed.
    public var modifiedAt: Timestamp
    /// Names its content: the size and a digest of samples of it, which survives a rename; nil while it is arriving.
    public var contentID: String?
    /// The number of the user who owns the file; nil where that was not looked at.
    public var owner: UInt32?

    private enum CodingKeys: String, CodingKey {
        case name
        case folder
        case parts
        case size
        case modifiedAt = "modified_at"
        case contentID = "content_id"
        case owner
    }

    /// Makes a description of a file.
    public init(
        name: FilePath,
        folder: FilePath,
        size: Int64,
        modifiedAt: Timestamp,
        contentID: String? = nil,
        owner: UInt32? = nil
    ) {
        self.name = name
        self.folder = folder
        self.size = size
        self.modifiedAt = modifiedAt
        self.contentID = contentID
        self.owner = owner
    }

    /// Reads a description; one that says nothing of parts has none.
    public init(from decoder: any Decoder) throws {
        let source = try decoder.container(keyedBy: CodingKeys.self)
        name = try source.decode(FilePath.self, forKey: .name)
        folder = try source.decode(FilePath.self, forKey: .folder)
        parts = try source.decodeIfPresent([FilePath].self, forKey: .parts) ?? []
        size = try source.decode(Int64.self, forKey: .size)
        modifiedAt = try source.decode(Timestamp.self, forKey: .modifiedAt)
        contentID = try source.decodeIfPresent(String.self, forKey: .contentID)
        owner = try source.decodeIfPresent(UInt32.self, forKey: .owner)
    }

    /// All files, the first one first; paths below the inbox.
    public var files: [FilePath] { [path] + parts }

    /// Takes another place, with the parts that lie beside it.
    public mutating func move(to path: FilePath) {
        let (old, new) = (folder, path.parent)
        (name, folder) = (path.name, new)
        parts = parts.map { part in
            if part.parent == old { return new.appending(part.name) }
            // A dash camera sorts into folders beside each other.
            return part.relative(to: old.parent).map { new.parent.appending($0) } ?? part
        }
    }

    /// The path below the inbox.
    public var path: FilePath { folder.appending(name) }
}
