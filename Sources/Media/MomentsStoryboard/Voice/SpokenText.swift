/// A sentence as it is spoken: its sound, and when it starts.
public struct SpokenText: Sendable {
    /// The words.
    public let text: String
    /// When it starts on the clip's clock, in seconds.
    public var start: Double
    /// When it ends.
    public var end: Double
}
