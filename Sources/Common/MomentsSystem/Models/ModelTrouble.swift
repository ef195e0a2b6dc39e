public import MomentsCore

/// Why a model cannot be used.
public struct ModelTrouble: Error, CustomStringConvertible, Sendable {
    /// The file at fault.
    public let path: FilePath
    /// What is wrong with it, in half a sentence.
    public let reason: String

    /// One sentence.
    public var description: String { "The model '\(path.display)' cannot be used: \(reason)." }

    /// Says what is wrong with a file.
    public init(_ path: FilePath, _ reason: String) {
        self.path = path
        self.reason = reason
    }
}
