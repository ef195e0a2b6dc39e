/// What a video may be at most and at least.
public struct Limits: Hashable, Codable, Sendable {
    /// The largest file, in bytes.
    public var maxSize: Int64
    /// The longest video, in seconds.
    public var maxDuration: Double
    /// The shortest video, in seconds.
    public var minDuration: Double
    /// The narrowest frame, in pixels.
    public var minWidth: Int
    /// The lowest frame, in pixels.
    public var minHeight: Int

    private enum CodingKeys: String, CodingKey {
        case maxSize = "max_size"
        case maxDuration = "max_duration"
        case minDuration = "min_duration"
        case minWidth = "min_width"
        case minHeight = "min_height"
    }

    /// Makes limits; the defaults are 64 GiB, 12 h, 1 s and 16 × 16.
    public init(
        maxSize: Int64 = 64 << 30,
        maxDuration: Double = 12 * 3600,
        minDuration: Double = 1,
        minWidth: Int = 16,
        minHeight: Int = 16
    ) {
        self.maxSize = maxSize
        self.maxDuration = maxDuration
        self.minDuration = minDuration
        self.minWidth = minWidth
        self.minHeight = minHeight
    }
}
