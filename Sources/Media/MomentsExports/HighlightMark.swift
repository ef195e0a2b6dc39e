internal import MomentsCore

/// A mark of the source, as `highlight.json` tells of it.
struct HighlightMark: Encodable, Sendable {
    /// Seconds before a mark in which lies what it was set for.
    private static let before = 8.0

    private let kind: Mark.Kind
    private let start: Double
    private let end: Double?
    private let title: String?
    /// The shot that shows it, or else most of what it was set for.
    private let shot: String?

    private enum CodingKeys: String, CodingKey {
        case kind
        case start = "at"
        case end = "until"
        case title
        case shot = "shot_id"
    }

    init(_ mark: Mark, in shots: [HighlightShot]) {
        kind = mark.kind
        start = mark.start.thousandths
        end = mark.end > mark.start ? mark.end.thousandths : nil
        title = mark.title
        func shown(_ shot: HighlightShot) -> Double {
            min(shot.range.end.seconds, mark.end) - max(shot.range.start.seconds, mark.start - Self.before)
        }
        let showing = shots.first { $0.range.start.seconds <= mark.start && mark.start < $0.range.end.seconds }
        let nearest = shots.filter { shown($0) > 0 }.max { shown($0) < shown($1) }
        shot = (showing ?? nearest)?.identifier
    }
}
