public import MomentsCore

/// Which files beside a video belong to it: what cameras write with each recording, and subtitles and notes of the same
/// name.
///
/// They are no videos of their own, though some can be played. Names alone say so only where the video is there, and not
/// of a file that begins like a video without being a camera's proxy.
public enum CompanionRules {
    /// What a file beside a video is.
    public enum Kind: String, Sendable {
        /// The same recording, smaller: GoPro's .LRV, DJI's .LRF.
        case proxy
        /// Its first picture: GoPro's and Canon's .THM, Sony's THMBNL/C0001T01.JPG.
        case thumbnail
        /// What is said, or what an aircraft measured, as subtitles.
        case text
        /// What a device or a program noted of it, such as Sony's C0001M01.XML.
        case metadata
        /// A photo taken with it, as Apple's and GoPro's.
        case photo
        /// Its sound once more, as GoPro's .WAV.
        case audio
    }

    /// What a name's ending makes of a file beside a video; nil for nothing.
    public static func kind(of path: FilePath) -> Kind? {
        // A story is a note of nothing, whatever lies beside it.
        Story.isStory(path) ? nil : split(path.name.text).flatMap { kinds[$0.ending.lowercased()] }
    }

    /// The videos a file would belong to if they are there, likeliest first; paths below the inbox.
    public static func owners(of path: FilePath) -> [FilePath] {
        guard let kind = kind(of: path), let (stem, ending) = split(path.name.text) else { return [] }
        var folder = path.parent
        var stems: [Substring] = [stem]
        switch kind {
        case .proxy:
            // GL010012.LRV stands beside GX010012.MP4, or GH010012.MP4 of older cameras.
            if stem.count == 8, stem.uppercased().hasPrefix("GL") {
                stems = ["GX", "GH"].map { $0 + stem.dropFirst(2) } + stems
            }
        case .text:
            // Subtitles may name their language: beach.en.srt.
            if let (inner, _) = split(stem) { stems.append(inner) }
        case .metadata:
            if let clip = dropping("M", from: stem) { stems.append(clip) }
        case .photo:
            if let clip = dropping("T", from: stem), folder.name.text.uppercased() == "THMBNL" {
                let isLower = folder.name.text == "thmbnl"
                (stems, folder) = ([clip], folder.parent.appending(isLower ? "clip" : "CLIP"))
            }
        case .thumbnail, .audio: break
        }
        let isUpper = ending == ending.uppercased()
        var names: [String] = []
        for stem in stems.flatMap(spellings) {
            for video in videoEndings {
                let forms = [video.uppercased(), video]
                names += (isUpper ? forms : forms.reversed()).map { "\(stem).\($0)" }
            }
        }
        // Notes may carry the video's whole name: beach.mp4.xmp.
        if let (_, inner) = split(stem), videoEndings.contains(inner.lowercased()) { names.append(String(stem)) }
        return names.map { folder.appending(FilePath($0)) }
    }

    /// The names under which companions of a video are looked for, in their order; paths below the inbox.
    public static func companions(of video: FilePath) -> [FilePath] {
        guard let (own, _) = split(video.name.text) else { return [] }
        let folder = video.parent
        var names: Set<String> = []
        for stem in spellings(own) {
            names.formUnion(kinds.keys.flatMap { ["\(stem).\($0)", "\(stem).\($0.uppercased())"] })
            names.formUnion(["\(stem)M01.XML", "\(stem)m01.xml"])
            if stem.count == 8, ["GX", "GH"].contains(stem.prefix(2).uppercased()) {
                names.formUnion(["GL\(stem.dropFirst(2)).LRV", "gl\(stem.dropFirst(2)).lrv"])
            }
        }
        names.formUnion(["xmp", "json", "md5", "sha256", "txt"].map { "\(video.name.text).\($0)" })
        var paths = names.sorted().map { folder.appending(FilePath($0)) }
        if folder.name.text.uppercased() == "CLIP" {
            for (place, form) in [("THMBNL", "T01.JPG"), ("thmbnl", "t01.jpg")] {
                paths += spellings(own).map { stem in
                    folder.parent.appending(FilePath(place)).appending(FilePath(stem + form))
                }
            }
        }
        return paths
    }

    /// How a stem may be spelled where a card's names changed their case, as FAT and Samba do; as it is comes first.
    ///
    /// Only names as makers give them, ASCII with digits: of others two spellings may be two names.
    private static func spellings(_ stem: Substring) -> [String] {
        let isMakers = stem.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte == 0x5F || byte == 0x2D
        }
        guard isMakers, stem.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return [String(stem)] }
        let forms = [String(stem), stem.uppercased(), stem.lowercased()]
        return forms.enumerated().filter { forms.firstIndex(of: $1) == $0 }.map(\.element)
    }

    /// Whether a file begins as videos do, whatever its name says.
    ///
    /// - Parameter head: Its first bytes, 189 or more where there are as many.
    /// - Returns: Whether they are a container's that holds video.
    public static func beginsLikeVideo(_ head: [UInt8]) -> Bool {
        func has(_ text: String, at place: Int) -> Bool { head.dropFirst(place).starts(with: text.utf8) }
        if has("ftyp", at: 4) {
            return !otherBrands.contains(String(decoding: head.dropFirst(8).prefix(4), as: UTF8.self))
        }
        if MatroskaContainer.begins(with: head) || has("FLV", at: 0) { return true }
        if has("RIFF", at: 0) { return has("AVI ", at: 8) }
        if head.starts(with: [0, 0, 1, 0xBA]) { return true }
        return head.count > 188 && head[0] == 0x47 && head[188] == 0x47
    }

    private static func split(_ name: some StringProtocol) -> (stem: Substring, ending: Substring)? {
        let name = Substring(name)
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
        return (name[..<dot], name[name.index(after: dot)...])
    }

    /// A stem without a letter and two digits at its end, as Sony counts what belongs to a clip.
    private static func dropping(_ letter: Character, from stem: Substring) -> Substring? {
        let tail = stem.suffix(3)
        guard stem.count > 3, tail.first?.uppercased() == String(letter),
            tail.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber })
        else { return nil }
        return stem.dropLast(3)
    }

    private static let kinds: [String: Kind] = {
        let table: [Kind: [String]] = [
            .proxy: ["lrv", "lrf"],
            .thumbnail: ["thm"],
            .text: ["srt", "vtt", "ass", "ssa", "sub", "idx"],
            .metadata: ["xml", "xmp", "json", "nfo", "txt", "gpx", "kml", "csv", "md5", "sha256"],
            .photo: ["heic", "heif", "jpg", "jpeg", "png", "gpr", "dng", "insp"],
            .audio: ["wav", "aac", "m4a", "mp3", "flac"],
        ]
        return Dictionary(uniqueKeysWithValues: table.flatMap { kind, endings in endings.map { ($0, kind) } })
    }()

    /// What recordings end with.
    private static let videoEndings = [
        "mp4", "mov", "mts", "m2ts", "m4v", "mkv", "avi", "mxf", "insv", "360", "webm", "mpg", "ts", "3gp",
    ]

    /// What ISO files are that hold photos or sound.
    private static let otherBrands: Set<String> = ["heic", "heix", "heim", "heis", "mif1", "avif", "crx ", "M4A "]
}
