internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem

/// The moments a result tells of, by which a person names stretches of a video.
struct KnownMoments {
    /// What is read of `highlight.json`.
    private struct Highlight: Decodable {
        struct Segment: Decodable {
            let name: String?
            let start: Double
            let end: Double

            enum CodingKeys: String, CodingKey {
                case name = "shot_id"
                case start = "in"
                case end = "out"
            }
        }

        let shots: [Segment]
        let nearMisses: [Segment]

        enum CodingKeys: String, CodingKey {
            case shots
            case nearMisses = "near_misses"
        }
    }

    /// How far a stretch reaches to each side of a time at which nothing is known, in seconds.
    private static let reach = 2.0

    private let highlight: Highlight?
    /// Why no names are known; nil where they are.
    private let failure: String?

    /// Reads what a result tells.
    ///
    /// - Parameter result: The result's folder; one that cannot be read knows no names.
    init(result: FilePath) {
        let path = result.appending("highlight.json")
        do {
            let bytes = try Descriptor.openRegular(path).read(16 << 20, at: 0, of: path)
            highlight = try MomentsJSON.decode(Highlight.self, from: Data(bytes))
            failure = nil
        } catch {
            highlight = nil
            failure =
                "; names of the last result are not known, as '\(path.display)' cannot be read"
                + ((error as? SystemError).map { " (\($0.reason))" } ?? "")
                + ": name the service's configuration by --config, or ask for the right to read the outbox"
        }
    }

    /// The stretches a person named.
    ///
    /// - Parameters:
    ///   - text: The option's value; nil for none.
    ///   - option: Its name, for messages.
    ///   - manifest: The video.
    /// - Returns: Each stretch, in the order named.
    /// - Throws: `Failure` for a name nobody knows and a time that is none.
    func ranges(_ text: String?, option: String, in manifest: Manifest) throws(Failure) -> [RequestedRange] {
        var ranges: [RequestedRange] = []
        for word in (text ?? "").split(separator: ",") {
            guard let range = range(String(word), duration: manifest.result?.inputDuration ?? 0) else {
                throw Failure(
                    "\(option) cannot be '\(Escaping.excerpt(String(word)))'; allowed is a stretch within the video such as "
                        + "12.5-17 or 1:02-1:10, a time such as 12.5, or a shot of the last reel"
                        + (highlight.map { ": \($0.shots.compactMap(\.name).joined(separator: ", "))" } ?? failure ?? ""),
                    code: .usage
                )
            }
            ranges.append(range)
        }
        return ranges
    }

    private func range(_ word: String, duration: Double) -> RequestedRange? {
        let segments = (highlight?.shots ?? []) + (highlight?.nearMisses ?? [])
        if let named = segments.first(where: { $0.name == word }) {
            return RequestedRange(start: named.start, end: named.end)
        }
        let parts = word.split(separator: "-", omittingEmptySubsequences: false).map { Units.clock(String($0)) }
        switch parts.count {
        case 1:
            guard let time = parts[0], time >= 0, time <= duration else { return nil }
            if let around = segments.first(where: { $0.start <= time && time < $0.end }) {
                return RequestedRange(start: around.start, end: around.end)
            }
            return RequestedRange(start: max(0, time - Self.reach), end: min(duration, time + Self.reach))
        case 2:
            guard let start = parts[0], let end = parts[1], start < end, start < duration else { return nil }
            return RequestedRange(start: start, end: min(end, duration))
        default: return nil
        }
    }
}
