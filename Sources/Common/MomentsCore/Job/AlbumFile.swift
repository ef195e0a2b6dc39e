/// A video of an album, for the worker.
public struct AlbumFile: Hashable, Codable, Sendable {
    /// The video: an absolute path without links on the way.
    public let path: FilePath
    /// The files that go on where it ends.
    public let parts: [FilePath]
    /// Its path below the album's folder, for people.
    public let name: FilePath

    /// Names a video.
    public init(path: FilePath, parts: [FilePath] = [], name: FilePath) {
        self.path = path
        self.parts = parts
        self.name = name
    }
}
