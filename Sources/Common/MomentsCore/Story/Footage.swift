/// A stretch of a finished job's video that a story may show.
public struct Footage: Hashable, Codable, Sendable {
    /// The video: an absolute path, read only.
    public let path: FilePath
    /// Where it begins, in seconds.
    public let start: Double
    /// How long it is, in seconds.
    public let duration: Double
    /// What is known of it: names, tags, what is said in it.
    public let words: String

    /// Describes a stretch.
    public init(path: FilePath, start: Double, duration: Double, words: String = "") {
        (self.path, self.start, self.duration, self.words) = (path, start, duration, words)
    }
}
