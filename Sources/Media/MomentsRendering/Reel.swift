public import MomentsCore

/// A reel that has been written, as its maker knows it.
public struct Reel: Hashable, Sendable {
    /// The file.
    public let path: FilePath
    /// How long it is.
    public let duration: MediaTime
    /// How many pictures it shows.
    public let pictureCount: Int
    /// The stretches of the source it shows, one for each shot planned; empty for one that could not be decoded.
    public let shots: [TimeRange]
    /// Where each shot is shown in it; empty where the shot is.
    public let places: [TimeRange]
    /// Width in pixels.
    public let width: Int
    /// Height in pixels.
    public let height: Int
    /// Whether it has sound.
    public let hasSound: Bool
    /// Its loudness in LUFS as measured before encoding; nil without sound, minus infinity for silence.
    public let loudness: Double?
    /// The quality it was made in, with `auto` resolved.
    public let quality: Quality
}
