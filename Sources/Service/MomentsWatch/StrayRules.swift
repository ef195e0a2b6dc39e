public import MomentsCore

/// Which files of an inbox are plainly no videos, and nobody expects a result of: photos, documents, notes.
///
/// People empty whole folders into a share. A file is a stray only where its name and its content both say so; a video
/// that bears a photo's name is a video, and a photo that bears a video's is a failure with its reason.
public enum StrayRules {
    /// How many bytes of a file are looked at.
    public static let headLength = 4096

    /// Whether a name is one that strays bear; then the content is to be looked at.
    public static func mayBeStray(_ path: FilePath) -> Bool { signs(of: path) != nil }

    /// Whether a file is a stray.
    ///
    /// - Parameters:
    ///   - path: The file, for its name.
    ///   - head: Its first `headLength` bytes, or all there are; nothing tells nothing.
    /// - Returns: Whether name and content both say so.
    public static func isStray(_ path: FilePath, head: [UInt8]) -> Bool {
        guard let signs = signs(of: path), !head.isEmpty, !CompanionRules.beginsLikeVideo(head) else { return false }
        return signs.contains { $0.matches(head) }
    }

    /// Whether a stray is a photo, by its name: what an album may show.
    public static func isPhoto(_ path: FilePath) -> Bool {
        let name = path.name.text
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return false }
        return photos.contains(name[name.index(after: dot)...].lowercased())
    }

    private static let photos: Set<String> = ["jpg", "jpeg", "jpe", "png", "webp", "heic", "heif", "hif"]

    /// What a file of a kind begins with.
    private enum Sign {
        case bytes([UInt8], at: Int)
        case text

        func matches(_ head: [UInt8]) -> Bool {
            switch self {
            case .bytes(let bytes, let place): head.dropFirst(place).starts(with: bytes)
            case .text: !head.contains(0) || head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF])
            }
        }
    }

    private static func signs(of path: FilePath) -> [Sign]? {
        // A story is text, and a job all the same.
        if Story.isStory(path) { return nil }
        let name = path.name.text
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
        return table[name[name.index(after: dot)...].lowercased()]
    }

    private static let table: [String: [Sign]] = {
        func at(_ text: String, _ place: Int = 0) -> Sign { .bytes(Array(text.utf8), at: place) }
        let tiff: [Sign] = [at("II*\0"), at("MM\0*"), at("IIRO"), at("IIRS"), at("IIU\0")]
        let office: [Sign] = [at("PK"), .bytes([0xD0, 0xCF, 0x11, 0xE0], at: 0)]
        let kinds: [(endings: String, signs: [Sign])] = [
            ("jpg jpeg jpe thm insp", [.bytes([0xFF, 0xD8, 0xFF], at: 0)]),
            ("png", [.bytes([0x89, 0x50, 0x4E, 0x47], at: 0)]),
            ("heic heif avif hif cr3", [at("ftyp", 4)]),
            ("webp", [at("WEBP", 8)]),
            ("bmp", [at("BM")]),
            ("tif tiff dng gpr cr2 nef arw orf rw2 pef srw", tiff),
            ("raf", [at("FUJIFILM")]),
            ("psd", [at("8BPS")]),
            ("pdf", [at("%PDF")]),
            ("docx xlsx pptx odt ods odp doc xls ppt", office),
            ("rtf", [at("{\\rtf")]),
            ("lnk", [.bytes([0x4C, 0, 0, 0], at: 0)]),
            (
                "txt md csv json xml xmp aae nfo gpx kml url html htm log srt vtt ass ssa sub idx md5 sha1 sha256 sfv ini",
                [.text]
            ),
        ]
        var table: [String: [Sign]] = [:]
        for kind in kinds { for ending in kind.endings.split(separator: " ") { table[String(ending)] = kind.signs } }
        return table
    }()
}
