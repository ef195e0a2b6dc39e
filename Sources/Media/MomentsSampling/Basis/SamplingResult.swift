public import MomentsAnalysis
public import MomentsCore

/// What looking at a video's frames and audio found.
public struct SamplingResult: Hashable, Codable, Sendable {
    /// What the selection chooses by.
    public internal(set) var signals: Signals
    /// Frames decoded.
    public let framesDecoded: Int
    /// Share of the video's frames that were decoded: 0…1.
    public let decodedShare: Double
    /// Packets the decoders refused.
    public let damagedPackets: Int
    /// Why so much was decoded, in plain words.
    public let reason: String
    /// Whether every frame was decoded, so that nothing depends on what was going to be chosen.
    public let isOfAll: Bool

    /// The name of the proxy that was looked at instead of the video; nil for the video itself.
    public internal(set) var proxy: FilePath?

    /// What another choice goes on from, no part of what is written; nil where every frame was decoded.
    public internal(set) var memory: SparseMemory?

    /// When the last frame has been shown.
    public var end: MediaTime { signals.frames.end }

    private enum CodingKeys: String, CodingKey {
        case signals
        case framesDecoded = "frames_decoded"
        case decodedShare = "decoded_share"
        case damagedPackets = "damaged_packets"
        case reason
        case isOfAll = "is_of_all"
        case proxy
    }
}
