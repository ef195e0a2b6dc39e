public import MomentsCore

/// The names of the files that belong to a video, also where the video's own name leaves no room for a suffix.
public enum ManifestName {
    /// What stands for a video where the job is the album of its folder.
    public static let album: FilePath = "album"

    /// The manifest's path for a video's path.
    public static func manifest(of video: FilePath) -> FilePath { companion(of: video, suffix: Manifest.suffix) }

    /// The request's path for a video's path.
    public static func request(of video: FilePath) -> FilePath { companion(of: video, suffix: Manifest.requestSuffix) }

    /// The video a manifest or request of this path may belong to; nil for another name, or a shortened one.
    public static func video(of companion: FilePath) -> FilePath? {
        for suffix in [Manifest.suffix, Manifest.requestSuffix] where companion.hasSuffix(suffix) {
            let name = FilePath(bytes: companion.name.bytes.dropLast(suffix.utf8.count))
            return name.isEmpty || isShortened(name) ? nil : companion.parent.appending(name)
        }
        return nil
    }

    /// A name with the suffix, cut to the kernel's longest name; a cut one ends in "~" and a digest of the whole.
    private static func companion(of video: FilePath, suffix: String) -> FilePath {
        let name = video.name
        guard name.bytes.count + suffix.utf8.count > AtomicFile.longestName else { return video.adding(suffix: suffix) }
        var digest = SHA256()
        digest.update(name.bytes)
        let mark = "~" + digest.finish().prefix(8)
        // Room is also left for ".broken-N" behind it.
        let room = AtomicFile.longestName - suffix.utf8.count - mark.utf8.count - 12
        let short = FilePath(bytes: Utf8Cut.prefix(of: name.bytes, atMost: room)).adding(suffix: mark + suffix)
        return video.parent.appending(short)
    }

    private static func isShortened(_ name: FilePath) -> Bool {
        let tail = name.bytes.suffix(9)
        guard name.bytes.count > 150, tail.first == UInt8(ascii: "~") else { return false }
        return tail.dropFirst().allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
