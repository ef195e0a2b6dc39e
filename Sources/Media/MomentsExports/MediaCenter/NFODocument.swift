internal import FoundationEssentials
public import MomentsCore

/// `NAME.nfo`: what Kodi, Jellyfin and Emby show of a video in place of what they would look up elsewhere.
public struct NFODocument: Sendable {
    private let root: XMLElement

    /// Makes the document.
    ///
    /// - Parameters:
    ///   - title: The video's title.
    ///   - plot: What it shows, a line for each thing.
    ///   - duration: How long it is.
    ///   - capturedAt: When it was recorded; nil where nobody knows.
    public init(title: String, plot: [String], duration: MediaTime, capturedAt: Timestamp?) {
        var movie = XMLElement("movie")
        let title = Escaping.line(title)
        movie.add(XMLElement("title", text: title))
        movie.add(XMLElement("plot", text: plot.map(Escaping.line).joined(separator: "\n")))
        // Whole minutes, and none is taken for unknown.
        movie.add(XMLElement("runtime", text: String(max(1, Int((duration.seconds / 60).rounded())))))
        if let capturedAt {
            let day = String(capturedAt.description.prefix(10))
            movie.add(XMLElement("premiered", text: day))
            movie.add(XMLElement("year", text: String(day.prefix(4))))
        }
        movie.add(XMLElement("genre", text: "Home video"))
        // Nobody is to look up a film of the same name.
        movie.add(XMLElement("lockdata", text: "true"))
        root = movie
    }

    /// The file.
    ///
    /// - Parameter name: Its name, which is the video's with another ending.
    /// - Returns: The file, of the kind "nfo".
    public func file(_ name: String) -> ExportedFile {
        ExportedFile(kind: "nfo", name: name, data: root.document())
    }
}
