public import MomentsCore

/// Finds the subtitles that lie beside a video: `NAME.srt`, `NAME.LANG.vtt` and the like.
public enum TranscriptFinder {
    /// Looks into the video's folder; reads all its names.
    ///
    /// - Parameters:
    ///   - video: The video, below the folder.
    ///   - root: The folder strangers may write to.
    ///   - isAllowed: Whether a file below the folder may be taken; by default each.
    /// - Returns: The regular file likeliest meant, below the folder; nil where there is none.
    public static func find(
        _ video: FilePath,
        in root: RootedDirectory,
        where isAllowed: (FilePath) -> Bool = { _ in true }
    ) -> FilePath? {
        let names = try? root.holding(video) { path throws(SystemError) in try Folder.names(in: path.parent) }
        let ranked = (names ?? []).compactMap { name in rank(name, of: video.name).map { (rank: $0, name: name) } }
        return ranked.sorted { ($0.rank, $0.name) < ($1.rank, $1.name) }.lazy
            .map { video.parent.appending($0.name) }
            .first { path in
                guard isAllowed(path), case .there(let status) = root.look(path) else { return false }
                return status.kind == .regular
            }
    }

    /// The language that a name of subtitles tells.
    ///
    /// - Parameters:
    ///   - name: The subtitles' name.
    ///   - video: The video's.
    /// - Returns: Such as "en" or "pt-BR"; nil for none.
    public static func language(_ name: FilePath, of video: FilePath) -> String? {
        between(name, video)?.split(separator: ".").map(String.init).first {
            $0.lowercased() != "forced" && $0.lowercased() != "sdh"
        }
    }

    /// The endings, best first: WebVTT says most of times, SubStation most of looks.
    private static let endings = ["vtt", "srt", "ass", "ssa"]

    /// What stands between the video's stem and the ending, without dots around it; nil where it is no language.
    private static func between(_ name: FilePath, _ video: FilePath) -> String? {
        let stem = video.stem.bytes
        guard name.bytes.starts(with: stem), name.stem.bytes.count >= stem.count else { return nil }
        let rest = FilePath(bytes: name.stem.bytes.dropFirst(stem.count)).text
        if rest.isEmpty { return "" }
        let marks = rest.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        let isLanguage = marks.allSatisfy { mark in
            (2...8).contains(mark.utf8.count) && mark.utf8.allSatisfy { UInt8(ascii: "-") == $0 || isLetterOrDigit($0) }
        }
        return rest.first == "." && marks.count <= 3 && isLanguage ? String(rest.dropFirst()) : nil
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// How likely a file holds the words of a video, 0 likeliest; nil for what does not.
    private static func rank(_ name: FilePath, of video: FilePath) -> Int? {
        let dot = name.bytes.lastIndex(of: UInt8(ascii: "."))
        guard let dot, let ending = FilePath(bytes: name.bytes[(dot + 1)...]).exactText?.lowercased(),
            let form = endings.firstIndex(of: ending)
        else { return nil }
        if name.stem == video { return form }
        guard let mark = between(name, video)?.lowercased() else { return nil }
        if mark.isEmpty { return form }
        // Forced subtitles only translate what is foreign in it.
        return (mark.contains("forced") ? 20 : 10) + form
    }
}
