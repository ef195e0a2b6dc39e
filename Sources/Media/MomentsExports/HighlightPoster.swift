public import MomentsCore

/// The poster, as `highlight.json` tells of it.
public struct HighlightPoster: Encodable, Sendable {
    private let file: String
    private let time: MediaTime

    private enum CodingKeys: String, CodingKey {
        case file
        case time
    }

    /// Makes a note.
    ///
    /// - Parameters:
    ///   - file: Its name, beside the document.
    ///   - time: When its picture is shown, on the source's clock.
    public init(file: String, time: MediaTime) {
        (self.file, self.time) = (file, time)
    }

    /// Writes the name, and the time in seconds.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(file, forKey: .file)
        try values.encode(time.exportedSeconds, forKey: .time)
    }
}
