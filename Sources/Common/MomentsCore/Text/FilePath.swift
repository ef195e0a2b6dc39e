/// A path or a name as the kernel keeps it: bytes without NUL, in no particular encoding.
///
/// Two names that look alike but differ in bytes (composed and decomposed accents) are two names, which is why
/// a `String`, whose equality is that of Unicode, is no key for a file.
public struct FilePath: Hashable, Sendable {
    /// The bytes, without the terminating NUL.
    public let bytes: [UInt8]

    /// Makes a path from bytes; everything from the first NUL on is dropped.
    public init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes.prefix { $0 != 0 }) }

    /// Makes a path from text, encoded as UTF-8.
    public init(_ text: String) { self.init(bytes: text.utf8) }

    /// Whether there is no byte at all.
    public var isEmpty: Bool { bytes.isEmpty }

    /// Whether the path starts at the root.
    public var isAbsolute: Bool { bytes.first == Self.slash }

    /// The exact text, or nil where the bytes are not UTF-8.
    public var exactText: String? { String(validating: bytes, as: UTF8.self) }

    /// The text with every byte that is not UTF-8 replaced by U+FFFD; for showing only, never for opening.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The text made harmless for one line of a log or a terminal.
    public var display: String { Escaping.line(text) }

    /// The path with `name` below it.
    public func appending(_ name: FilePath) -> FilePath {
        if bytes.isEmpty { return name }
        if name.isEmpty { return self }
        return FilePath(bytes: bytes + (bytes.last == Self.slash ? [] : [Self.slash]) + name.bytes)
    }

    /// The path with `name` below it.
    public func appending(_ name: String) -> FilePath { appending(FilePath(name)) }

    /// The same bytes with `suffix` behind them, such as ".moments.json".
    public func adding(suffix: String) -> FilePath { FilePath(bytes: bytes + Array(suffix.utf8)) }

    /// The last component; empty for the root.
    public var name: FilePath {
        let trimmed = trimmedBytes
        guard let cut = trimmed.lastIndex(of: Self.slash) else { return FilePath(bytes: trimmed) }
        return FilePath(bytes: trimmed[(cut + 1)...])
    }

    /// The path without its last component: empty for a bare name, "/" for an entry of the root.
    public var parent: FilePath {
        let trimmed = trimmedBytes
        guard let cut = trimmed.lastIndex(of: Self.slash) else { return FilePath(bytes: []) }
        return cut == 0 ? FilePath("/") : FilePath(bytes: trimmed[..<cut])
    }

    /// The components between slashes, without empty ones.
    public var components: [FilePath] {
        bytes.split(separator: Self.slash).map { FilePath(bytes: $0) }
    }

    /// The name without its extension ("a.b.mp4" gives "a.b"); a name that only starts with a dot keeps it.
    public var stem: FilePath {
        let name = self.name.bytes
        guard let dot = name.lastIndex(of: Self.dot), dot > 0 else { return FilePath(bytes: name) }
        return FilePath(bytes: name[..<dot])
    }

    /// Whether the bytes start with `prefix`.
    public func hasPrefix(_ prefix: String) -> Bool { bytes.starts(with: prefix.utf8) }

    /// Whether the bytes end with `suffix`.
    public func hasSuffix(_ suffix: String) -> Bool { bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }

    /// This path relative to `folder`, or nil where it is not below it; purely by bytes, links are not resolved.
    public func relative(to folder: FilePath) -> FilePath? {
        let (mine, theirs) = (components, folder.components)
        guard isAbsolute == folder.isAbsolute, mine.count >= theirs.count, mine.starts(with: theirs) else { return nil }
        return FilePath(bytes: mine.dropFirst(theirs.count).map(\.bytes).joined(separator: [Self.slash]))
    }

    private var trimmedBytes: ArraySlice<UInt8> {
        var trimmed = bytes[...]
        while trimmed.count > 1, trimmed.last == Self.slash { trimmed.removeLast() }
        return trimmed == [Self.slash] ? [] : trimmed
    }

    private static let slash = UInt8(ascii: "/")
    private static let dot = UInt8(ascii: ".")
}

extension FilePath {
    /// Takes all bytes in at once: an array gives one byte after the other, which tells in a listing of thousands.
    public func hash(into hasher: inout Hasher) {
        bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
        hasher.combine(bytes.count)
    }
}

extension FilePath: Comparable {
    /// Orders by bytes.
    public static func < (first: FilePath, second: FilePath) -> Bool {
        first.bytes.lexicographicallyPrecedes(second.bytes)
    }
}

extension FilePath: CustomStringConvertible, ExpressibleByStringLiteral {
    /// The harmless text.
    public var description: String { display }

    /// Makes a path from a literal.
    public init(stringLiteral text: String) { self.init(text) }
}

extension FilePath: Codable {
    private enum CodingKeys: String, CodingKey { case hex }

    /// Reads a text, or `{"hex": "…"}` for bytes that are not UTF-8.
    public init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            self.init(text)
            return
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let hex = Array(try container.decode(String.self, forKey: .hex).utf8)
        let digits = hex.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count == hex.count, digits.count.isMultiple(of: 2) else {
            throw DecodingError.dataCorruptedError(forKey: .hex, in: container, debugDescription: "not hexadecimal")
        }
        self.init(bytes: stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) })
    }

    /// Writes text where the bytes are UTF-8, else their hexadecimal form.
    public func encode(to encoder: any Encoder) throws {
        if let text = exactText {
            var container = encoder.singleValueContainer()
            try container.encode(text)
        } else {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(hex, forKey: .hex)
        }
    }

    /// The bytes in hexadecimal, two digits each.
    public var hex: String { Self.hexadecimal(bytes) }

    /// Any bytes in lower-case hexadecimal, two digits each.
    public static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
