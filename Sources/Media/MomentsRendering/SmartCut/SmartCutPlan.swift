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

        /// The same for people.
        var copy: ShotCopy {
            if copiedCount == 0 { return ShotCopy(share: 0, reason: "no complete group of pictures lies inside it") }
            let share = Double(copiedCount) / Double(max(1, frameCount))
            let reason = isBlended ? "its transitions are encoded" : "it starts or ends inside a group of pictures"
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
    init(_ plan: ReelPlan, of source: StreamCopySource) throws {
        let isDear = source.source.budget.isEncodingDear
        trifle = !plan.mayTrim ? .zero : isDear ? Self.dearTrifle : Self.trifle
        for (number, shot) in plan.shots.enumerated() {
            shots.append(try self.plan(shot, plan.transition(of: number), source))
        }
    }

    private mutating func plan(
        _ shot: TimeRange,
        _ transition: ShotTransition,
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
        // What is changed on coming and going must be encoded.
        let untouched = segment(shot.start + transition.entry, shot.end - transition.exit)
        let isBlended = transition.entry > .zero || transition.exit > .zero
        let kept = transition.manner == .neighbour ? transition.exit : .zero
        func range(_ first: Int64, _ last: Int64) -> TimeRange {
            TimeRange(
                start: MediaTime(timestamp: first, base: base) - origin,
                end: MediaTime(timestamp: last, base: base) - origin
            )
        }
        for first in untouched.candidates {
            guard let run = untouched.run(from: first), untouched.shownCount(of: run) >= Self.shortest else { break }
            guard try copying.isStart(first) else { continue }
            var pieces: [Piece] = [.copied(run)]
            var (from, to) = (shot.start, shot.end)
            let begin = source.track.entries[first].pts
            if whole.hasFrames(before: begin) {
                let head = range(start, begin)
                if isTrifle(head), transition.entry == .zero {
                    from = head.end
                } else {
                    pieces.insert(.encoded(head), at: 0)
                }
            }
            if let rest = whole.shown(after: run) {
                let tail = range(rest, end)
                if isTrifle(tail), transition.exit == .zero { to = tail.start } else { pieces.append(.encoded(tail)) }
            }
            delay = max(delay, untouched.delay(of: run))
            let shown = segment(from, to - kept)
            return Shot(
                range: TimeRange(start: from, end: to),
                pieces: pieces,
                frameCount: segment(from, to).frameCount,
                writtenCount: shown.frameCount,
                copiedCount: untouched.shownCount(of: run),
                last: MediaTime(timestamp: shown.last ?? start, base: base) - origin,
                isBlended: isBlended
            )
        }
        let shown = segment(shot.start, shot.end - kept)
        return Shot(
            range: shot,
            pieces: [.encoded(range(start, end))],
            frameCount: whole.frameCount,
            writtenCount: shown.frameCount,
            copiedCount: 0,
            last: MediaTime(timestamp: shown.last ?? start, base: base) - origin,
            isBlended: isBlended
        )
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
