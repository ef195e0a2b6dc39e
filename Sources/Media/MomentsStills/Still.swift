public import MomentsCore
internal import MomentsMedia

/// A frame of the video as a file.
public struct Still: Sendable {
    /// The file's content.
    public let bytes: [UInt8]
    /// Width in pixels.
    public let width: Int
    /// Height in pixels.
    public let height: Int
    /// When the frame is shown, on the video's clock.
    public let time: MediaTime
    /// Whether it shows something: neither black nor one plain tone, and not damaged.
    public let isGood: Bool
}

/// Why no still could be made.
public enum StillsError: Error, Hashable, Sendable {
    /// Not one frame could be decoded where it was looked for.
    case noFrame
}

extension StillsError: CustomStringConvertible {
    /// One harmless line.
    public var description: String {
        switch self {
        case .noFrame: "no picture for a still can be decoded"
        }
    }
}
