internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsSystem

/// Which encoded runs of a reel may stand in another one, and what they are known by.
struct ReelPieces {
    /// A run, by all that its frames depend on.
    struct Key {
        fileprivate let shelf: PieceShelf
        fileprivate let digest: String

        /// What was encoded for an earlier reel; nil where there is nothing.
        var piece: CodedPiece? { shelf.piece(digest) }

        /// Keeps it for later reels; nil where nothing can be written.
        var recorder: PieceRecorder? { shelf.recorder(digest) }
    }

    private let plan: ReelPlan
    private let source: MediaSource
    private let shelf: PieceShelf
    private let encoding: [String]
    /// When something is laid over frames, on the reel's clock.
    private let painted: [TimeRange]

    /// Prepares; nil where nothing is kept.
    ///
    /// - Parameters:
    ///   - plan: The reel.
    ///   - source: The video.
    ///   - shelf: Where pieces are; nil for nowhere.
    ///   - encoding: What frames are encoded by, in words.
    ///   - painted: When something is laid over frames, on the reel's clock: what is painted is never kept.
    init?(
        _ plan: ReelPlan,
        _ source: MediaSource,
        from shelf: PieceShelf?,
        _ encoding: [String],
        painted: [TimeRange]
    ) {
        // Where somebody is made unrecognizable, nothing is taken of which nobody knows what it covers.
        guard let shelf, plan.covers == nil else { return nil }
        (self.plan, self.source, self.shelf) = (plan, source, shelf)
        (self.encoding, self.painted) = (encoding, painted)
    }

    /// A whole shot that is encoded; nil where it is not kept.
    func keyOfShot(_ number: Int) -> Key? { key("shot", plan.shots[number], of: number, []) }

    /// A part of a shot that is encoded like the source; nil where it is not kept.
    ///
    /// - Parameters:
    ///   - range: What the source shows in it.
    ///   - number: The shot's number.
    ///   - last: When the source shows the shot's last frame.
    /// - Returns: Its key.
    func keyOfPiece(_ range: TimeRange, of number: Int, last: MediaTime) -> Key? {
        let isFirst = range.start == plan.shots[number].start
        return key("part", range, of: number, ["\(isFirst) \(range.contains(last))"])
    }

    private func key(_ kind: String, _ range: TimeRange, of number: Int, _ more: [String]) -> Key? {
        let (shot, transition) = (plan.shots[number], plan.transition(of: number))
        let isBlended = transition.entry > .zero || transition.exit > .zero
        let offset = transition.place.start - shot.start
        // What is seen in a shot of its neighbours is theirs.
        if isBlended, transition.manner == .neighbour { return nil }
        let place = range.moved(by: offset)
        if painted.contains(where: { $0.intersection(place) != nil }) { return nil }
        func tell(_ time: MediaTime) -> String { "\(time.converted(toTimescale: Self.timescale).ticks)" }
        var inputs = [kind, tell(range.start), tell(range.end), content(of: range)] + encoding + more
        // Fading depends on where in its shot a frame stands.
        if isBlended { inputs += [transition.entry, transition.exit, shot.start, shot.end].map(tell) }
        if let framing = plan.framing {
            inputs.append("\(framing.aspect)")
            if framing.paths.indices.contains(number) { inputs.append("\(framing.paths[number])") }
        }
        if let form = plan.form { inputs.append("\(form)") }
        return Key(shelf: shelf, digest: shelf.key(inputs))
    }

    /// What the file has there: the packets from which on it is decoded, by their times and lengths.
    private func content(of range: TimeRange) -> String {
        let (base, entries) = (source.video.timeBase, source.track.entries)
        let start = (range.start + source.origin).timestamp(in: base)
        let end = (range.end + source.origin).timestamp(in: base)
        var (digest, bytes) = (SHA256(), [UInt8]())
        let first = entries.lastIndex { $0.isKeyframe && $0.pts <= start } ?? 0
        let last = entries.lastIndex { $0.pts < end } ?? first
        for entry in entries[min(first, last)..<min(entries.count, last + 1)] {
            let mark = (entry.isKeyframe ? 1 : 0) + (entry.isDiscarded ? 2 : 0)
            for value in [entry.pts, Int64(entry.size), Int64(mark)] {
                withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
            }
        }
        digest.update(bytes)
        let format = source.video.format
        return "\(source.video.index) \(source.video.codec) \(base) \(format) " + digest.finish()
    }

    /// Ticks a second in which keys count; no clock of a video is finer.
    private static let timescale: Int64 = 1_000_000_000
}
