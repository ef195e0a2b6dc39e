internal import FoundationEssentials
public import MomentsCore

/// The chapters of a video, in the forms that players, muxers and platforms read.
public struct SourceChapters: Sendable {
    /// One chapter.
    public struct Chapter: Sendable {
        /// Its name.
        public let title: String
        /// Where it is.
        public let range: TimeRange

        /// Makes a chapter.
        public init(title: String, range: TimeRange) {
            self.title = title
            self.range = range
        }
    }

    private let chapters: [Chapter]

    /// Takes chapters in their order; those without a length are left out.
    public init(_ chapters: [Chapter]) { self.chapters = chapters.filter { $0.range.duration > .zero } }

    /// All forms.
    ///
    /// - Returns: `chapters.ffmetadata`, `chapters.vtt` and `chapters.txt`.
    public func files() -> [ExportedFile] {
        [
            ExportedFile(kind: "chapters_ffmetadata", name: "chapters.ffmetadata", data: Data(ffmetadata.utf8)),
            ExportedFile(kind: "chapters_vtt", name: "chapters.vtt", data: Data(webVTT.utf8)),
            ExportedFile(kind: "chapters", name: "chapters.txt", data: Data(plain.utf8)),
        ]
    }

    /// What `ffmpeg -i VIDEO -i chapters.ffmetadata -map_metadata 1 -codec copy` puts into a file.
    private var ffmetadata: String {
        chapters.reduce(";FFMETADATA1\n") { text, chapter in
            let unit = Rational(1, 1_000_000)
            return text
                + "[CHAPTER]\nTIMEBASE=1/1000000\nSTART=\(chapter.range.start.timestamp(in: unit))\n"
                + "END=\(chapter.range.end.timestamp(in: unit))\ntitle=\(Self.backslashed(Escaping.line(chapter.title)))\n"
        }
    }

    private static func backslashed(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { $0 += "=;#\\\n".unicodeScalars.contains($1) ? "\\\($1)" : "\($1)" }
    }

    /// A track of chapters as HTML's `<track kind="chapters">` takes it.
    private var webVTT: String {
        chapters.enumerated().reduce("WEBVTT\n") { text, entry in
            let range = entry.element.range
            return text
                + "\n\(entry.offset + 1)\n\(ClockText.milliseconds(range.start.seconds)) --> "
                + "\(ClockText.milliseconds(range.end.seconds))\n\(WebVTT.escaped(entry.element.title))\n"
        }
    }

    /// Lines for the description of a video: a time and a name, the first at 0:00, none shorter than ten seconds, which is
    /// what YouTube makes chapters of.
    private var plain: String {
        var kept: [Chapter] = []
        for chapter in chapters {
            if let last = kept.last, (chapter.range.start - last.range.start).seconds < 10 { continue }
            kept.append(chapter)
        }
        // The last one must be as long as the others.
        if kept.count > 1, let last = kept.last, let end = chapters.last?.range.end,
            (end - last.range.start).seconds < 10
        {
            kept.removeLast()
        }
        let isLong = (chapters.last?.range.end.seconds ?? 0) >= 3600
        return kept.enumerated().reduce("") { text, entry in
            let seconds = entry.offset == 0 ? 0 : Int(entry.element.range.start.seconds.rounded(.down))
            let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
            let rest = seconds % 60 < 10 ? "0\(seconds % 60)" : "\(seconds % 60)"
            let clock = isLong ? "\(hours):\(minutes < 10 ? "0" : "")\(minutes):\(rest)" : "\(minutes):\(rest)"
            return text + "\(clock) \(Escaping.line(entry.element.title))\n"
        }
    }
}
