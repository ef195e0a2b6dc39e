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
        let offset = shot.start - transition.place.start
        let covered = painted.map { $0.moved(by: offset) }.filter { $0.intersection(shot) != nil }
        // What is changed on coming and going, or painted on, must be encoded.
        let inner = TimeRange(start: shot.start + transition.entry, end: shot.end - transition.exit)
        var division = ShotDivision(shot, transition, trifle: trifle, copying)
        for stretch in inner.without(covered) { try division.copy(stretch) }
        division.encodeRest()
        delay = max(delay, division.delay)
        let kept = transition.manner == .neighbour ? transition.exit : .zero
        let range = division.range
        let shown = division.segment(range.start, range.end - kept)
        return Shot(
            range: range,
            pieces: division.pieces,
            frameCount: division.segment(range.start, range.end).frameCount,
            writtenCount: shown.frameCount,
            copiedCount: division.copied,
            last: division.time(shown.last) ?? shot.start,
            isBlended: transition.entry > .zero || transition.exit > .zero,
            isPainted: !covered.isEmpty
        )
    }

    /// Shorter than anybody notices, longer than the reordering of frames usually reaches.
    private static let trifle = MediaTime(ticks: 1, timescale: 6)
    /// The same where each frame encoded takes as long as decoding a second: the longest reordering there is.
    private static let dearTrifle = MediaTime(ticks: 1, timescale: 2)
}
