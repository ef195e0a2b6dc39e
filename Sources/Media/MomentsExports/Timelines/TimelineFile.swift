public import MomentsCore

/// A timeline as a file for an editor.
public enum TimelineFile {
    /// Writes a timeline in a format.
    ///
    /// - Returns: Its file.
    /// - Throws: `EncodingError`.
    public static func make(of timeline: EditTimeline, in format: TimelineFormat) throws -> ExportedFile {
        let data =
            switch format {
            case .otio: try OTIODocument(timeline).data()
            case .fcpxml: FCPXMLDocument(timeline).data
            case .edl: EDLDocument(timeline).data
            case .mlt: MLTDocument(timeline).data
            }
        return ExportedFile(
            kind: "timeline_\(format.rawValue)",
            name: "\(timeline.fileName).\(format.rawValue)",
            data: data
        )
    }
}
