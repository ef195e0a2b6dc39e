internal import MomentsCore
internal import MomentsMedia

/// Which pictures of a reel are taken over as they are, and which must be encoded.
///
/// A stretch of coded pictures can be taken over where decoding can start at its first one, and where what stands in it
/// in coded order is also what is shown of it, without a gap: it may then end before its group of pictures does.
struct CopyPlan {
    /// A part of a shot.
    enum Piece: Equatable {
        /// Pictures to be decoded and encoded, by when the source shows them.
        case encoded(TimeRange)
        /// Coded pictures, by their places in the source's index.
        case copied(Range<Int>)
    }

    /// What becomes of a shot.
    struct Shot {
        /// Its parts, in the order shown.
        let pieces: [Piece]
        /// How many pictures the source shows in it.
        let pictureCount: Int
        /// How many of them are taken over.
        let copiedCount: Int

        /// The same for people.
        var copy: ShotCopy {
            if copiedCount == 0 { return ShotCopy(share: 0, reason: "no complete group of pictures lies inside it") }
            let share = Double(copiedCount) / Double(max(1, pictureCount))
            return ShotCopy(share: share, reason: share < 1 ? "it starts or ends inside a group of pictures" : nil)
        }
    }

    /// The shots, in the reel's order.
    private(set) var shots: [Shot] = []
    /// How many pictures may be decoded before one that is shown earlier.
    private(set) var delay = 0

    /// The share of all pictures that is taken over: 0–1.
    var copiedShare: Double {
        let all = shots.reduce(0) { $0 + $1.pictureCount }
        return all == 0 ? 0 : Double(shots.reduce(0) { $0 + $1.copiedCount }) / Double(all)
    }

    /// Plans a reel; looks at one or two packets of each shot.
    init(_ shots: [TimeRange], of source: CopySource) throws(CopyError) {
        for shot in shots { self.shots.append(try plan(shot, source)) }
    }

    private mutating func plan(_ shot: TimeRange, _ copying: CopySource) throws(CopyError) -> Shot {
        let source = copying.source
        let (base, origin) = (source.video.timeBase, source.origin)
        let (start, end) = ((shot.start + origin).timestamp(in: base), (shot.end + origin).timestamp(in: base))
        let stretch = CodedStretch(source.track.entries, from: start, to: end)
        func range(_ first: Int64, _ last: Int64) -> TimeRange {
            TimeRange(
                start: MediaTime(timestamp: first, base: base) - origin,
                end: MediaTime(timestamp: last, base: base) - origin
            )
        }
        let whole = Shot(pieces: [.encoded(range(start, end))], pictureCount: stretch.pictureCount, copiedCount: 0)
        for first in stretch.candidates {
            guard let run = stretch.run(from: first), stretch.shownCount(of: run) >= Self.shortest else { break }
            guard try copying.isStart(first) else { continue }
            var pieces: [Piece] = [.copied(run)]
            let begin = source.track.entries[first].presentation
            let count = stretch.shownCount(of: run)
            if stretch.hasPictures(before: begin) { pieces.insert(.encoded(range(start, begin)), at: 0) }
            if let rest = stretch.shown(after: run) { pieces.append(.encoded(range(rest, end))) }
            delay = max(delay, stretch.delay(of: run))
            return Shot(pieces: pieces, pictureCount: stretch.pictureCount, copiedCount: count)
        }
        return whole
    }

    /// A run of fewer pictures is not worth the change from encoded to copied and back.
    private static let shortest = 8
}
