/// Where other machines see a folder of this one: "/srv/momentsd/inbox:/Volumes/inbox".
public struct PathMapping: Hashable, Codable, Sendable {
    /// The folder here; absolute, without a colon.
    public let from: FilePath
    /// The same folder as others name it, such as "/Volumes/inbox" or "Z:\inbox".
    public let to: FilePath

    /// Makes a mapping.
    public init(from: FilePath, to: FilePath) {
        self.from = from
        self.to = to
    }

    /// Reads a mapping; nil where there is no absolute folder before the first colon, or nothing behind it.
    public init?(text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, parts[0].hasPrefix("/"), !parts[1].isEmpty else { return nil }
        self.init(from: FilePath(String(parts[0])), to: FilePath(String(parts[1])))
    }

    /// The path as others name it; nil for one outside the folder.
    ///
    /// A folder named with backslashes is taken for one of Windows, and so are those below it.
    public func applied(to path: FilePath) -> FilePath? {
        guard let inner = path.relative(to: from) else { return nil }
        let backslash = UInt8(ascii: "\\")
        guard to.bytes.contains(backslash) else { return to.appending(inner) }
        let base = to.bytes.last == backslash ? Array(to.bytes.dropLast()) : to.bytes
        return FilePath(bytes: base + inner.components.flatMap { [backslash] + $0.bytes })
    }
}

extension Sequence<PathMapping> {
    /// The path by the mapping of the innermost folder it lies in; the path itself where there is none.
    public func apply(to path: FilePath) -> FilePath {
        let longest = filter { path.relative(to: $0.from) != nil }
            .max { $0.from.components.count < $1.from.components.count }
        return longest?.applied(to: path) ?? path
    }
}
