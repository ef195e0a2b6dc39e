internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia

/// Which frames of a reel are taken over as they are, and which must be encoded.
///
/// A segment of coded frames can be taken over where decoding can start at its first one, and where what stands in it
/// in coded order is also what is shown of it, without a gap: it may then end before its group of pictures does.
struct SmartCutPlan {
    /// A part of a shot.
    enum Piece: Equatable {
        /// Frames to be decoded and encoded, by when the source shows them.
        case encoded(TimeRange)
        /// Coded frames, by their places in the source's index.
        case copied(Range<Int>)
    }

    /// What becomes of a shot.
    struct Shot {
        /// What the source shows in it; where trimming is allowed, a little less at each end than asked for.
        let range: TimeRange
        /// Its parts, in the order shown.
        let pieces: [Piece]
        /// How many frames the source shows in it.
        let frameCount: Int
        /// How many frames the reel has of it: those that are seen in the next shot's are none of its own.
        let writtenCount: Int
        /// How many of them are taken over.
        let copiedCount: Int
        /// When the source shows the last of them.
        let last: MediaTime
        /// Whether some of its frames are changed on coming or going.
        let isBlended: Bool
        /// Whether something is laid over some of its frames.
        let isPainted: Bool

        /// The same for people.
        var copy: ShotCopy {
            if copiedCount == 0 { return ShotCopy(share: 0, reason: "no complete group of pictures lies inside it") }
            let share = Double(copiedCount) / Double(max(1, frameCount))
            let reason =
                isPainted
                ? "its titles are encoded"
                : isBlended ? "its transitions are encoded" : "it starts or ends inside a group of pictures"
            return ShotCopy(share: share, reason: share < 1 ? reason : nil)
        }
    }

    /// The longest edge that is rather left out than encoded.
    private let trifle: MediaTime
    /// The shots, in the reel's order.
    private(set) var shots: [Shot] = []
    /// How many frames may be decoded before one that is shown earlier.
    private(set) var delay = 0

    /// The share of all frames that is taken over: 0–1.
    var copiedShare: Double {
        let all = shots.reduce(0) { $0 + $1.writtenCount }
        return all == 0 ? 0 : Double(shots.reduce(0) { $0 + $1.copiedCount }) / Double(all)
    }

    /// How many frames must be encoded.
    var encodedCount: Int { shots.reduce(0) { $0 + $1.writtenCount - $1.copiedCount } }

    /// Plans a reel; looks at one or two packets of each shot.
    ///
    /// - Parameters:
    ///   - plan: The reel.
    ///   - source: Whose frames are taken over.
    ///   - painted: When something is laid over frames, on the reel's clock.
    /// - Throws: `MediaError`.
    init(_ plan: ReelPlan, of source: StreamCopySource, painted: [TimeRange] = []) throws {
        let isDear = source.source.budget.isEncodingDear
        trifle = !plan.mayTrim ? .zero : isDear ? Self.dearTrifle : Self.trifle
        for (number, shot) in plan.shots.enumerated() {
            shots.append(try self.plan(shot, plan.transition(of: number), painted, source))
        }
    }

    private mutating func plan(
        _ shot: TimeRange,
        _ transition: ShotTransition,
        _ painted: [TimeRange],
        _ copying: StreamCopySource
    ) throws -> Shot {
        let source = copying.source
        let (base, origin) = (source.video.timeBase, source.origin)
        let (start, end) = ((shot.start + origin).timestamp(in: base), (shot.end + origin).timestamp(in: base))
        func segment(_ from: MediaTime, _ to: MediaTime) -> CodedSegment {
            CodedSegment(
                source.track.entries,
                from: (from + origin).timestamp(in: base),
                to: (to + origin).timestamp(in: base)
            )
        }
        let whole = segment(shot.start, shot.end)
        // What is changed on coming and going, or painted on, must be encoded.
        let isBlended = transition.entry > .zero || transition.exit > .zero
        let inner = TimeRange(start: shot.start + transition.entry, end: shot.end - transition.exit)
        let offset = shot.start - transition.place.start
        let covered = painted.map { $0.moved(by: offset) }.filter { $0.intersection(shot) != nil }
        let kept = transition.manner == .neighbour ? transition.exit : .zero
        func range(_ first: Int64, _ last: Int64) -> TimeRange {
            TimeRange(
                start: MediaTime(timestamp: first, base: base) - origin,
                end: MediaTime(timestamp: last, base: base) - origin
            )
        }
        var (pieces, copied) = ([Piece](), 0)
        var (from, to) = (shot.start, shot.end)
        // What is shown from here on has no piece yet; nil where all has one.
        var next: Int64? = start
        for stretch in inner.without(covered) {
            let part = segment(stretch.start, stretch.end)
            guard let begun = next, let run = try Self.run(in: part, copying) else { continue }
            let begin = source.track.entries[run.lowerBound].pts
            if CodedSegment(source.track.entries, from: begun, to: begin).frameCount > 0 {
                let head = range(begun, begin)
                if pieces.isEmpty, isTrifle(head), transition.entry == .zero {
                    from = head.end
                } else {
                    pieces.append(.encoded(head))
                }
            }
            pieces.append(.copied(run))
            copied += part.shownCount(of: run)
            delay = max(delay, part.delay(of: run))
            next = whole.shown(after: run)
        }
        if let rest = next {
            let tail = range(rest, end)
            if copied > 0, isTrifle(tail), transition.exit == .zero {
                to = tail.start
            } else {
                pieces.append(.encoded(tail))
            }
        }
        let shown = segment(from, to - kept)
        return Shot(
            range: TimeRange(start: from, end: to),
            pieces: pieces,
            frameCount: segment(from, to).frameCount,
            writtenCount: shown.frameCount,
            copiedCount: copied,
            last: MediaTime(timestamp: shown.last ?? start, base: base) - origin,
            isBlended: isBlended,
            isPainted: !covered.isEmpty
        )
    }

    /// The first run of coded frames in a stretch that is worth taking over; nil where there is none.
    private static func run(in part: CodedSegment, _ copying: StreamCopySource) throws -> Range<Int>? {
        for first in part.candidates {
            guard let run = part.run(from: first), part.shownCount(of: run) >= shortest else { return nil }
            if try copying.isStart(first) { return run }
        }
        return nil
    }

    /// Whether an edge is so short that leaving it out serves better than decoding a whole group of pictures for it.
    private func isTrifle(_ edge: TimeRange) -> Bool { edge.duration <= trifle }

    /// Shorter than anybody notices, longer than the reordering of frames usually reaches.
    private static let trifle = MediaTime(ticks: 1, timescale: 6)
    /// The same where each frame encoded takes as long as decoding a second: the longest reordering there is.
    private static let dearTrifle = MediaTime(ticks: 1, timescale: 2)
    /// A run of fewer frames is not worth the change from encoded to copied and back.
    private static let shortest = 8
}
