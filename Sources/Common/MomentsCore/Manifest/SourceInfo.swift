/// A video as the inbox holds it; the manifest's `source`.
public struct SourceInfo: Hashable, Codable, Sendable {
    /// Its name; `{"hex": …}` where the bytes are not UTF-8.
    public var name: FilePath
    /// Its folder below the inbox; empty for the inbox itself.
    public var folder: FilePath
    /// Its size in bytes.
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

    /// The path below the inbox.
    public var path: FilePath { folder.appending(name) }
}
