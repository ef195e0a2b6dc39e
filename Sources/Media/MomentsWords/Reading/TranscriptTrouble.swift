/// Why a transcript is used for nothing: a clause about it.
public struct TranscriptTrouble: Error, Hashable, Sendable, CustomStringConvertible {
    /// The clause, such as "it holds no cue".
    public let description: String

    /// Makes one.
    public init(_ description: String) { self.description = description }
}
