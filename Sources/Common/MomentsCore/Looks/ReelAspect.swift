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

    /// What a file of this shape is told from others by, such as "9x16".
    public var fileSuffix: String { rawValue.replacing(":", with: "x") }

    /// What a list of them may be, as the end of a sentence "allowed is …".
    public static let allowed =
        "one or several of " + allCases.map(\.rawValue).joined(separator: ", ") + ", each once"

    /// Reads shapes parted by spaces or commas.
    ///
    /// - Returns: At least one; nil where one is not known, or there twice.
    public static func list(_ text: String) -> [ReelAspect]? {
        list(text.split { $0 == "," || $0 == " " }.map(String.init))
    }

    /// Reads shapes by their names, likewise.
    public static func list(_ names: [String]) -> [ReelAspect]? {
        let aspects = names.compactMap { ReelAspect(rawValue: $0) }
        guard !aspects.isEmpty, aspects.count == names.count, distinct(aspects).count == aspects.count else {
            return nil
        }
        return aspects
    }

    /// The same shapes, each once.
    static func distinct(_ aspects: [ReelAspect]) -> [ReelAspect] {
        aspects.enumerated().filter { !aspects[..<$0.offset].contains($0.element) }.map(\.element)
    }
}
