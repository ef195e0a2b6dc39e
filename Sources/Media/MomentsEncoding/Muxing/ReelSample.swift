/// One coded frame of a reel, as it was meant to be written or was found again.
public struct ReelSample: Hashable, Codable, Sendable {
    /// When it is shown, in ticks of the reel's clock.
    public let shown: Int64
    /// A checksum of its coded content, without the framing a container gives it.
    public let checksum: UInt32
    /// Whether it is the source's own.
    public let isCopied: Bool
}
