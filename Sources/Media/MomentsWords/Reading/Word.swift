/// A word with the punctuation that stands at it, and when it is said.
public struct Word: Hashable, Sendable {
    /// The word; never empty, without blanks.
    public var text: String
    /// When it begins, in seconds.
    public var start: Double
    /// When it ends, in seconds.
    public var end: Double

    /// Makes a word.
    public init(text: String, start: Double, end: Double) {
        self.text = text
        self.start = start
        self.end = end
    }
}
