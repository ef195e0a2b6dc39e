/// One shot of a story, as far as a person says what it is.
public struct StoryShot: Hashable, Codable, Sendable {
    /// What it is called; nil for its number.
    public var id: String?
    /// What is told in it.
    public var text = ""
    /// How long it is, in seconds; nil for as long as its words take.
    public var duration: Double?
    /// Its picture, below the story's folder.
    public var image: FilePath?
    /// How the picture moves.
    public var motion: ShotMotion?
    /// Who makes it.
    public var generator: String?

    /// Makes a shot of which nothing is known.
    public init() {}
}
