/// The shape of a reel's pictures.
public enum ReelAspect: String, CaseIterable, Codable, Sendable {
    /// As the video has it.
    case source
    /// For phones held upright.
    case portrait = "9:16"
    /// As wide as high.
    case square = "1:1"
    /// For feeds.
    case feed = "4:5"
    /// For screens.
    case screen = "16:9"

    /// Width over height; nil for the video's own.
    public var ratio: Double? {
        switch self {
        case .source: nil
        case .portrait: 9.0 / 16
        case .square: 1
        case .feed: 4.0 / 5
        case .screen: 16.0 / 9
        }
    }
}
