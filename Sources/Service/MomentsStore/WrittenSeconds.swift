internal import MomentsCore

/// A span of time that stands as a number of seconds in a file.
struct WrittenSeconds: Hashable, Codable {
    var duration = Duration.zero

    init() {}

    init(from decoder: any Decoder) throws {
        duration = .told(try decoder.singleValueContainer().decode(Double.self))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(duration.inSeconds)
    }
}
