public import MomentsCore
internal import MomentsSystem

/// Whose taste it is: that of those who fill a folder, or of a preset's reels.
public enum TasteSubject: Hashable, Sendable {
    /// A first-level folder of the inbox; empty for the inbox itself.
    case folder(FilePath)
    /// A preset; nil for reels without one.
    case preset(String?)

    /// Whose taste a video's reel is made to; nil where nothing is learnt.
    ///
    /// - Parameters:
    ///   - scope: From whose edits the choice learns.
    ///   - folder: The video's folder below the inbox.
    ///   - preset: The preset in effect.
    public init?(_ scope: LearnScope, folder: FilePath, preset: String?) {
        switch scope {
        case .off: return nil
        case .folder: self = .folder(folder.components.first ?? "")
        case .preset: self = .preset(preset)
        }
    }

    /// For people: "folder 'alice'".
    public var words: String {
        switch self {
        case .folder(let name): name.isEmpty ? "the inbox itself" : "folder '\(name.display)'"
        case .preset(let name): name.map { "preset '\(Escaping.excerpt($0))'" } ?? "reels without a preset"
        }
    }

    /// Its file's name: a person can read it, and no two subjects share one.
    var fileName: FilePath {
        switch self {
        case .folder(let name): Self.fileName("folder", name.bytes)
        case .preset(let name): Self.fileName("preset", name.map { Array($0.utf8) } ?? [])
        }
    }

    /// The subject of a file's name; nil where it is none, or too long to be told from it.
    init?(fileName: FilePath) {
        let suffix = Array(Self.suffix.utf8)
        guard fileName.bytes.suffix(suffix.count).elementsEqual(suffix) else { return nil }
        let stem = fileName.bytes.dropLast(suffix.count)
        guard let dash = stem.firstIndex(of: UInt8(ascii: "-")), let name = Self.decoded(stem[(dash + 1)...]) else {
            return nil
        }
        switch String(decoding: stem[..<dash], as: UTF8.self) {
        case "folder": self = .folder(FilePath(bytes: name))
        case "preset": self = .preset(name.isEmpty ? nil : String(decoding: name, as: UTF8.self))
        default: return nil
        }
    }

    private static let suffix = ".jsonl"
    /// Names of files end at 255 bytes, and some is added when one is set aside.
    private static let longest = 180

    private static func fileName(_ kind: String, _ name: [UInt8]) -> FilePath {
        var text = kind + "-"
        for byte in name {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            text += isPlain ? String(decoding: [byte], as: UTF8.self) : "%" + FilePath.hexadecimal([byte])
        }
        if text.utf8.count > longest {
            var digest = SHA256()
            digest.update(name)
            // A "~" stands in no other name.
            text = text.cut(toBytes: 100) + "~" + digest.finish().prefix(32)
        }
        return FilePath(text + suffix)
    }

    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var (name, rest) = ([UInt8](), text)
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "~") { return nil }
            guard byte == UInt8(ascii: "%") else {
                name.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            name.append(value)
            rest = rest.dropFirst(2)
        }
        return name
    }
}
