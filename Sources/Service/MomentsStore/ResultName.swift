public import MomentsCore
internal import MomentsSystem

/// Names of folders in the outbox, made from names that strangers chose.
public enum ResultName {
    /// A visible name that cannot leave its folder; bytes are kept wherever they do no harm.
    ///
    /// A leading dot becomes "_", so that a result is never hidden, nor "..", nor our own staging folder; control
    /// characters become "_"; dots and blanks at the end, which Windows clients cannot open, are dropped. The name of the
    /// page of all results gets a "_" in front.
    ///
    /// - Parameter name: One component of a path; a slash in it counts as a control character.
    /// - Returns: 1 to 200 bytes.
    public static func safe(_ name: FilePath) -> FilePath {
        var bytes = name.bytes.map { $0 < 0x20 || $0 == 0x7f || $0 == UInt8(ascii: "/") ? UInt8(ascii: "_") : $0 }
        while let last = bytes.last, last == UInt8(ascii: ".") || last == UInt8(ascii: " ") { bytes.removeLast() }
        if bytes.first == UInt8(ascii: ".") { bytes[0] = UInt8(ascii: "_") }
        // Some shares take no notice of case.
        if FilePath(bytes: bytes).text.lowercased() == Outbox.pageName.text { bytes.insert(UInt8(ascii: "_"), at: 0) }
        if bytes.count > longest {
            var digest = SHA256()
            digest.update(bytes)
            bytes = Array(Utf8Cut.prefix(of: bytes, atMost: longest - 9)) + Array("~\(digest.finish().prefix(8))".utf8)
        }
        return bytes.isEmpty ? "video" : FilePath(bytes: bytes)
    }

    /// The name for a result when others took the plain one: "beach (2)".
    public static func numbered(_ name: FilePath, _ number: Int) -> FilePath {
        number == 1 ? name : name.adding(suffix: " (\(number))")
    }

    /// What is the same for all spellings of a name that a share takes for one: those that differ by case, or by whether
    /// an accent is a character of its own, as Macs write it.
    static func folded(_ name: FilePath) -> String {
        // Strings are the same where Unicode says so, whatever their bytes.
        name.text.lowercased()
    }

    /// Room is left for " (2)" and for what other programs add.
    private static let longest = 200
}
