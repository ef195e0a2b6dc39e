public import MomentsCore
public import MomentsEncoding

/// A reel that has been written, as its maker knows it.
public struct Reel: Hashable, Codable, Sendable {
    /// The file.
    public let path: FilePath
    /// How long it is.
    public let duration: MediaTime
    /// Its frames, in coded order.
    public let samples: [ReelSample]
    /// What it shows, a shot for each one planned.
    public internal(set) var shots: [ReelShot]
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
    /// The name of its frames' codec, such as "h264".
    public let codec: String
    /// The quality it was made in, with `auto` resolved.
    public let quality: Quality

    /// Whether any of its frames was taken over as it was.
    public var hasCopies: Bool { samples.contains(where: \.isCopied) }

    /// How many frames it shows.
    public var frameCount: Int { samples.count }
}
