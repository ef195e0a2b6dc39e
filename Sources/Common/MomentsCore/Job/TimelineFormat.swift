/// A format in which editors read timelines.
public enum TimelineFormat: String, CaseIterable, Codable, Sendable {
    /// OpenTimelineIO: DaVinci Resolve, Kdenlive, Avid, and whatever has an adapter.
    case otio
    /// Final Cut Pro's XML 1.9: Final Cut Pro, DaVinci Resolve.
    case fcpxml
    /// A CMX 3600 edit decision list: nearly every editor.
    case edl
    /// MLT's XML: Shotcut, Kdenlive, melt.
    case mlt
}
