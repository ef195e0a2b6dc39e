/// A video of an album, or a photo, for the worker.
public struct AlbumFile: Hashable, Codable, Sendable {
    /// The video: an absolute path without links on the way.
    public let path: FilePath
    /// The files that go on where it ends.
    public let parts: [FilePath]
    /// Its path below the album's folder, for people.
    public let name: FilePath
    /// Whether it is a photo.
    public let isPhoto: Bool

    private enum CodingKeys: String, CodingKey {
        case path
        case parts
        case name
        case isPhoto = "photo"
    }

    /// Names a video, or a photo.
    public init(path: FilePath, parts: [FilePath] = [], name: FilePath, isPhoto: Bool = false) {
        self.path = path
        self.parts = parts
        self.name = name
        self.isPhoto = isPhoto
    }
}
