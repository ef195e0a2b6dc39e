public import MomentsCore

/// A packet of a text track: what subtitles in a file are made of.
public struct TextPacket: Hashable, Sendable {
    /// When it is shown, on the container's own clock.
    public let time: MediaTime
    /// For how long; zero where the file does not say.
    public let duration: MediaTime
    /// Its content, in the codec's own form.
    public let bytes: [UInt8]

    /// The most bytes of packets that are kept of a track.
    static let mostBytes = 4 << 20
    /// The most packets.
    static let most = 20_000
}
