internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia

/// How one shot is divided into what is taken over and what is encoded, from its start to its end.
struct ShotDivision {
    /// What the source shows in it; a little less than was asked for where an edge was left out.
    private(set) var range: TimeRange
    /// Its parts so far, in the order shown.
    private(set) var pieces: [SmartCutPlan.Piece] = []
    /// How many of its frames are taken over.
    private(set) var copied = 0
    /// How many frames may be decoded before one that is shown earlier.
    private(set) var delay = 0

    private let transition: ShotTransition
    /// The longest edge that is rather left out than encoded.
    private let trifle: MediaTime
    private let copying: StreamCopySource
    private let whole: CodedSegment
    private let end: Int64
    /// What is shown from here on has no piece yet, in the stream's ticks; nil where all has one.
    private var next: Int64?

    /// Begins with a shot of which nothing has a piece.
    ///
    /// - Parameters:
    ///   - shot: What the source is to show.
    ///   - transition: How it comes and goes.
    ///   - trifle: The longest edge that is rather left out than encoded.
    ///   - copying: Whose frames are taken over.
    init(_ shot: TimeRange, _ transition: ShotTransition, trifle: MediaTime, _ copying: StreamCopySource) {
        (range, self.transition, self.trifle, self.copying) = (shot, transition, trifle, copying)
        let (base, origin) = (copying.source.video.timeBase, copying.source.origin)
        let begin = (shot.start + origin).timestamp(in: base)
        end = (shot.end + origin).timestamp(in: base)
        whole = CodedSegment(copying.source.track.entries, from: begin, to: end)
        next = begin
    }

    /// Takes over what can be of a stretch, and encodes what lies before that; looks at one or two packets.
    ///
    /// - Parameter stretch: Later than all before, inside the shot; nothing in it is changed or painted on.
    /// - Throws: `MediaError`.
    mutating func copy(_ stretch: TimeRange) throws {
        let part = segment(stretch.start, stretch.end)
        guard let begun = next, let run = try run(in: part) else { return }
        let begin = copying.source.track.entries[run.lowerBound].pts
        if CodedSegment(copying.source.track.entries, from: begun, to: begin).frameCount > 0 {
            let head = ticks(begun, begin)
            if pieces.isEmpty, isTrifle(head), transition.entry == .zero {
                range = TimeRange(start: head.end, end: range.end)
            } else {
                pieces.append(.encoded(head))
            }
        }
        pieces.append(.copied(run))
        copied += part.shownCount(of: run)
        delay = max(delay, part.delay(of: run))
        next = whole.shown(after: run)
    }

    /// Encodes what has no piece yet.
    mutating func encodeRest() {
        guard let rest = next else { return }
        next = nil
        let tail = ticks(rest, end)
        if copied > 0, isTrifle(tail), transition.exit == .zero {
            range = TimeRange(start: range.start, end: tail.start)
        } else {
            pieces.append(.encoded(tail))
        }
    }

    /// The coded frames of a time.
    func segment(_ start: MediaTime, _ end: MediaTime) -> CodedSegment {
        let (base, origin) = (copying.source.video.timeBase, copying.source.origin)
        return CodedSegment(
            copying.source.track.entries,
            from: (start + origin).timestamp(in: base),
            to: (end + origin).timestamp(in: base)
        )
    }

    /// When the source shows what stands at a place of its stream; nil where there is none.
    func time(_ place: Int64?) -> MediaTime? {
        place.map { MediaTime(timestamp: $0, base: copying.source.video.timeBase) - copying.source.origin }
    }

    /// The first run of coded frames in a stretch that is worth taking over; nil where there is none.
    private func run(in part: CodedSegment) throws -> Range<Int>? {
        for first in part.candidates {
            guard let run = part.run(from: first), part.shownCount(of: run) >= Self.shortest else { return nil }
            if try copying.isStart(first) { return run }
        }
        return nil
    }

    private func ticks(_ first: Int64, _ last: Int64) -> TimeRange {
        let (base, origin) = (copying.source.video.timeBase, copying.source.origin)
        return TimeRange(
            start: MediaTime(timestamp: first, base: base) - origin,
            end: MediaTime(timestamp: last, base: base) - origin
        )
    }

    /// Whether an edge is so short that leaving it out serves better than decoding a whole group of pictures for it.
    private func isTrifle(_ edge: TimeRange) -> Bool { edge.duration <= trifle }

    /// A run of fewer frames is not worth the change from encoded to copied and back.
    private static let shortest = 8
}
