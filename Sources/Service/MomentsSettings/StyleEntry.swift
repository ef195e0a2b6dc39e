public import MomentsCore

/// A style there is: its values and where they come from, or why it cannot be used.
public struct StyleEntry: Sendable, Hashable {
    /// Its name.
    public let name: StyleName
    /// Its file; nil for one that is built in.
    public let file: FilePath?
    /// Its values; nil where it cannot be used.
    public let style: ClipStyle?
    /// What is wrong with its file, the first mistake in one line; nil where nothing is.
    public let trouble: String?
}
