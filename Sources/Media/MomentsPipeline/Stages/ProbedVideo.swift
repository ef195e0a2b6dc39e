public import MomentsCore
public import MomentsMedia

/// A video that may be worked on.
public struct ProbedVideo: Sendable {
    /// Its streams and packets.
    public let source: MediaSource
    /// What its tags tell of the recording.
    public let tags: CaptureTags
    /// The same for the manifest.
    public let media: MediaInfo
    /// What was marked in it; empty where nobody asks.
    public let marks: [Mark]
}
