public import MomentsCore
public import MomentsEncoding
internal import MomentsMedia

/// A reel that has been written, as its maker knows it.
public struct Reel: Hashable, Codable, Sendable {
    /// The file.
    public let path: FilePath
    /// How long it is.
    public let duration: MediaTime
    /// Its frames, in coded order.
    public let samples: [ReelSample]
    /// The segments of the source it shows, one for each shot planned; empty for one that could not be decoded.
    public let shots: [TimeRange]
    /// Where each shot is shown in it; empty where the shot is.
    public let places: [TimeRange]
    /// Width in pixels.
    public let width: Int
    /// Height in pixels.
    public let height: Int
    /// Whether it has audio.
    public let hasAudio: Bool
    /// Its loudness in LUFS as measured before encoding; nil without audio, minus infinity for silence.
    public let loudness: Double?
    /// Whether its audio was brought to a loudness, below a peak.
    public let isLeveled: Bool
    /// How loud it is meant to be around each shot's start.
    public let marks: [AudioMark]
    /// The name of its frames' codec, such as "h264".
    public let codec: String
    /// The quality it was made in, with `auto` resolved.
    public let quality: Quality
    /// What of each shot planned was taken over without encoding.
    public internal(set) var copies: [ShotCopy]

    /// How the first and last frame of each shot planned were meant to look.
    public let edges: [ShotEdges]

    /// How many frames it shows.
    public var frameCount: Int { samples.count }
}
