public import MomentsCore

/// The files that hold one recording, in their order: nearly always one.
public struct SourceFiles: Hashable, Sendable {
    /// One of them.
    public struct Part: Hashable, Sendable {
        /// The file.
        public let path: FilePath
        /// When its first picture is shown, on the first file's clock; nil before it was read.
        public internal(set) var start: MediaTime?
        /// When its first picture is decoded, on the first file's clock.
        var entry: MediaTime?
        /// What is added to its own times.
        var shift: MediaTime?
    }

    /// The files; never empty.
    public internal(set) var parts: [Part]

    /// A recording in one file.
    public init(_ path: FilePath) { parts = [Part(path: path)] }

    /// A recording in a file and those that go on where it ends.
    public init(_ path: FilePath, followedBy others: [FilePath]) {
        parts = ([path] + others).map { Part(path: $0) }
    }

    /// The first file.
    public var first: FilePath { parts[0].path }

    /// All files.
    public var paths: [FilePath] { parts.map(\.path) }
}
