public import MomentsCore
internal import MomentsSystem

/// Which names in the inbox are never touched: unfinished transfers, litter of other programs, our own files.
public struct IgnoreRules: Hashable, Sendable {
    /// Patterns of the configuration; one with a slash is held against the path below the inbox, else the name.
    public let patterns: [Glob]

    /// Adds patterns to the built-in rules.
    public init(patterns: [String] = []) { self.patterns = patterns.map { Glob($0) } }

    /// Whether a file of this path below the inbox is left alone.
    public func ignoresFile(_ path: FilePath) -> Bool {
        let name = path.name
        return name.isEmpty || Self.isHidden(name) || Self.isOurs(name) || Self.isUnfinished(name)
            || Self.litterFiles.contains(Self.lowercased(name)) || Self.isOfMediaCenters(name) || matchesPattern(path)
    }

    /// Whether a folder of this path below the inbox is left alone with everything in it.
    public func ignoresFolder(_ path: FilePath) -> Bool {
        let name = path.name
        return Self.isHidden(name) || Self.litterFolders.contains(Self.lowercased(name)) || Self.isOfMediaCenters(name)
            || matchesPattern(path)
    }

    /// The hidden file by which the inbox is known again, and which one daemon locks.
    public static let inboxMark: FilePath = ".momentsd-inbox"

    /// Whether a name is one that this service makes, or reads, beside a video.
    public static func isOurs(_ name: FilePath) -> Bool {
        isManifest(name) || isRequest(name) || contains(name, Manifest.suffix + ".broken-")
    }

    /// Whether a name is that of a manifest.
    public static func isManifest(_ name: FilePath) -> Bool { name.hasSuffix(Manifest.suffix) }

    /// Whether a name is that of a request.
    public static func isRequest(_ name: FilePath) -> Bool { name.hasSuffix(Manifest.requestSuffix) }

    private static func isHidden(_ name: FilePath) -> Bool { name.hasPrefix(".") }

    private static func isUnfinished(_ name: FilePath) -> Bool {
        let lower = lowercased(name)
        if name.hasPrefix("~") || name.hasPrefix("#") && name.bytes.dropFirst().allSatisfy({ (48...57).contains($0) }) {
            // "~syncthing~…", "~$…" of office programs; "#123456" is how O_TMPFILE shows in events.
            return name.bytes.count > 1
        }
        return unfinishedSuffixes.contains { lower.hasSuffix($0) }
    }

    /// Whether a name is one of what media centres keep beside videos: texts, and folders of small pictures.
    private static func isOfMediaCenters(_ name: FilePath) -> Bool {
        [".nfo", ".trickplay"].contains { lowercased(name).hasSuffix($0) }
    }

    private func matchesPattern(_ path: FilePath) -> Bool {
        patterns.contains { $0.matches($0.pattern.utf8.contains(UInt8(ascii: "/")) ? path : path.name) }
    }

    private static func lowercased(_ name: FilePath) -> FilePath {
        FilePath(bytes: name.bytes.map { (65...90).contains($0) ? $0 + 32 : $0 })
    }

    private static func contains(_ name: FilePath, _ text: String) -> Bool {
        Glob("*" + text + "*").matches(name)
    }

    /// In lower case: browsers, transfer programs, editors, download managers.
    private static let unfinishedSuffixes = [
        ".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".filepart", ".opdownload", ".uploading",
        ".upload", ".aria2", ".!ut", ".!qb", ".bc!", ".swp", ".lock", "~", ":zone.identifier",
    ]

    private static let litterFiles: Set<FilePath> = ["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"]

    private static let litterFolders: Set<FilePath> = [
        "@eadir", "@tmp", "@recycle", "@recently-snapshot", "#recycle", "#snapshot", "$recycle.bin", "lost+found",
        "system volume information", "recycler", "__macosx", "network trash folder", "temporary items",
    ]
}
