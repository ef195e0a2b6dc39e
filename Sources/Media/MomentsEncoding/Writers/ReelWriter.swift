internal import CLibAV
public import MomentsCore
public import MomentsMedia

/// Writes a reel: encodes frames and audio and puts them into one MP4 that plays while it loads.
///
/// Used on one thread. Without `finish` the file is of no use.
public final class ReelWriter {
    /// Audio samples per second.
    public static let audioRate = 48_000

    private let format: Format
    private let base: Rational
    private let video: VideoEncoder
    private let filter: FrameFilter
    private let blender: ShotBlender
    private let titles: OverlayLayer
    private let output: Output
    private let path: FilePath
    /// The frame to be encoded next: only the one behind it tells whether it is its shot's last.
    private let waiting: FrameBox
    /// The part of a frame inside the window.
    private let cropped: FrameBox
    /// A frame of which parts are covered.
    private let covered: FrameBox
    private var mark: Mark?
    private var shot = 0
    private var isFirst = false
    private let track: FrameTrack
    private var end: Int64 = 0

    /// What is known of the frame to be encoded next.
    private struct Mark {
        let time: Int64
        let startsShot: Bool
        var isEdge: Bool
    }

    /// Every frame written so far, in coded order.
    public var samples: [ReelSample] { track.samples }

    /// How the first and last frames of each shot are meant to look, by its number.
    public private(set) var edges: [Int: ShotEdges] = [:]

    /// Starts a file.
    ///
    /// - Parameters:
    ///   - path: The file; one that is there is overwritten. Temporary ones are made beside it.
    ///   - format: What it is to be.
    ///   - audio: Encodes its audio; nil for none.
    ///   - overlays: What is laid over its frames, but for those of cards.
    /// - Throws: `MediaError`.
    public init(_ path: FilePath, _ format: Format, audio: AudioEncoder?, overlays: [Overlay] = []) throws {
        self.path = path
        self.format = format
        base = Rational.reelClock(for: format.sourceBase)
        let settings = format.settings(base)
        video = try VideoEncoder(settings)
        let preparation = format.preparation
        filter = try FrameFilter(base: base) {
            (preparation.chain(for: $0, isInterlaced: $1), preparation.toneTable(for: $0))
        }
        blender = try ShotBlender(path.adding(suffix: ".pictures"))
        titles = OverlayLayer(
            overlays,
            OverlayForm(
                shownWidth: format.width,
                shownHeight: format.height,
                colors: OverlayColors(
                    matrix: preparation.matrix,
                    isFullRange: false,
                    transfer: video.context.pointee.color_trc
                )
            )
        )
        waiting = try FrameBox()
        cropped = try FrameBox()
        covered = try FrameBox()
        output = try Output(
            path,
            video: VideoTrack(video, format.preparation.purpose == .wideVideo ? format.light : nil),
            audio: audio,
            tags: format.tags,
            chapters: format.chapters
        )
        let step = Int64((1 / (settings.frameRate.value * base.value)).rounded())
        track = try FrameTrack(
            video,
            FrameLedger(output, .startCodes),
            delay: settings.delay,
            // What is decoded ahead must not be longer than the last frames are shown, or the file seems longer than it is.
            step: min(step, format.shortest?.timestamp(in: base) ?? step)
        )
    }

    /// What frames are encoded by, in words: others for whatever makes something else of them.
    public var identity: [String] {
        ["\(format.preparation)", "\(format.window.map { "\($0.width) \($0.height)" } ?? "")", "\(format.edgeGain)"]
            + video.identity
    }

    /// Tells that the next frame starts a shot.
    ///
    /// - Parameters:
    ///   - number: The shot's number, higher than the one before.
    ///   - transition: How it comes and goes.
    ///   - recorder: Keeps it for later reels; nil where it is not kept.
    /// - Throws: `MediaError` where memory runs out.
    public func beginShot(_ number: Int, _ transition: ShotTransition, _ recorder: PieceRecorder? = nil) throws {
        (shot, isFirst) = (number, true)
        edges[number] = ShotEdges()
        // With dissolves some of the shot before is still to come, where it begins.
        blender.begin(transition)
        try track.beginRun(at: transition.place.start.timestamp(in: base), recorder)
    }

    /// Adds a whole shot that was encoded for an earlier reel.
    ///
    /// - Parameters:
    ///   - piece: The shot.
    ///   - number: The shot's number, higher than the one before.
    ///   - place: Where the reel shows it.
    ///   - wrote: Told when each of its frames is shown, once it is written.
    /// - Throws: `MediaError` or `SystemError`.
    public func add(
        _ piece: CodedPiece,
        as number: Int,
        at place: TimeRange,
        _ wrote: (MediaTime) throws -> Void
    ) throws {
        edges[number] = piece.edges
        end = place.end.timestamp(in: base)
        try track.take(piece, at: place.start.timestamp(in: base)) { shown in
            try wrote(MediaTime(timestamp: shown, base: base))
        }
    }

    /// Adds a coded frame of the source.
    ///
    /// - Parameters:
    ///   - frame: As decoded.
    ///   - time: When the reel shows it; later than the one before, but for those that are seen in the next shot's.
    ///   - end: When it has been shown, as far as is known; the next frame's time replaces it.
    /// - Throws: `MediaError`.
    public func add(_ frame: borrowing Frame, at time: MediaTime, until end: MediaTime) throws {
        let (start, stop) = (time.timestamp(in: base), end.timestamp(in: base))
        track.show(start, until: stop)
        try filter.push(frame, at: time) { frame, time in try show(frame, at: time) }
    }

    /// Ends a shot: what the filter holds back belongs to it.
    ///
    /// - Parameter end: When the reel's next shot starts, or the reel ends.
    /// - Throws: `MediaError`.
    public func endShot(at end: MediaTime) throws {
        self.end = end.timestamp(in: base)
        try filter.finish { frame, time in try show(frame, at: time) }
        if let mark, !isFirst {
            track.show(mark.time, until: self.end)
            edges[shot]?.last = FrameSketch(waiting.value, limit: ShotEdges.limit)
            self.mark?.isEdge = true
        }
        try endRun()
    }

    private func endRun() throws {
        try encodeWaiting()
        try track.endRun()
    }

    /// Adds a card.
    ///
    /// - Parameters:
    ///   - card: What it shows.
    ///   - start: When; where all before it has been shown.
    /// - Throws: `MediaError`.
    public func add(_ card: ReelCard, at start: MediaTime) throws {
        let preparation = format.preparation
        let form = CardPainter.Form(
            width: format.width,
            height: format.height,
            shownWidth: format.width,
            shownHeight: format.height,
            orientation: .upright,
            pixelFormat: preparation.pixelFormat,
            isFullRange: false,
            matrix: preparation.matrix,
            transfer: video.context.pointee.color_trc
        )
        var isFirst = true
        try track.beginRun(at: start.timestamp(in: base))
        try CardPainter(card, form, script: path.adding(suffix: ".card")).forEachFrame(
            ReelCard.frameRate(like: format.frameRate)
        ) { frame, time in
            try put(frame, Mark(time: (start + time).timestamp(in: base), startsShot: isFirst, isEdge: false))
            isFirst = false
        }
        end = (start + card.duration).timestamp(in: base)
        if let mark { track.show(mark.time, until: end) }
        try endRun()
    }

    /// Adds audio that follows on what was added before.
    public func add(_ audio: EncodedAudio) throws {
        try output.write(audio.packet, isVideo: false)
    }

    /// Completes the file.
    public func finish() throws {
        try track.finish(at: end)
        try output.finish()
    }

    /// Takes a prepared frame of a shot: what may be recognized of it.
    private func show(_ frame: borrowing Frame, at time: MediaTime) throws {
        let cover = shot < format.covers.count ? format.covers[shot] : nil
        let areas = cover?.areas(at: time.seconds) ?? []
        if areas.isEmpty { return try cut(frame, at: time) }
        av_frame_unref(covered.value.raw)
        try check(av_frame_ref(covered.value.raw, frame.raw), "cover", "a picture")
        // Others may hold the same pixels.
        try check(av_frame_make_writable(covered.value.raw), "cover", "a picture")
        FrameBlur.apply(to: covered.value, areas, isFlat: cover?.isFlat ?? false)
        try cut(covered.value, at: time)
    }

    /// Takes what the window shows of a frame.
    private func cut(_ frame: borrowing Frame, at time: MediaTime) throws {
        guard let window = format.window else { return try take(frame, at: time) }
        av_frame_unref(cropped.value.raw)
        try check(av_frame_ref(cropped.value.raw, frame.raw), "cut", "a picture")
        try window.cut(cropped.value, shot, at: time.seconds)
        try take(cropped.value, at: time)
    }

    /// Takes a frame as the reel shows it.
    private func take(_ frame: borrowing Frame, at time: MediaTime) throws {
        let outcome = try blender.apply(to: frame, at: time)
        if outcome == .kept { return }
        try titles.apply(to: frame, at: time)
        if outcome == .mixed, let before = edges.keys.filter({ $0 < shot }).max() {
            edges[before]?.last = FrameSketch(frame, limit: ShotEdges.limit)
        }
        if isFirst { edges[shot]?.first = FrameSketch(frame, limit: ShotEdges.limit) }
        try put(
            frame,
            Mark(time: time.timestamp(in: base), startsShot: isFirst, isEdge: isFirst || outcome == .mixed)
        )
        isFirst = false
    }

    /// Encodes the frame that waits, and lets another one wait.
    private func put(_ frame: borrowing Frame, _ next: Mark) throws {
        if let mark { track.show(mark.time, until: next.time) }
        try encodeWaiting()
        av_frame_unref(waiting.value.raw)
        try check(av_frame_ref(waiting.value.raw, frame.raw), "keep", "a picture")
        mark = next
    }

    private func encodeWaiting() throws {
        guard let mark else { return }
        self.mark = nil
        try track.encode(
            waiting.value,
            at: mark.time,
            isFirst: mark.startsShot,
            finerBy: mark.isEdge ? format.edgeGain : 0
        )
    }
}

extension Rational {
    /// A clock that names all of the source's times: whole ticks per second, at least 10,000 of them.
    static func reelClock(for base: Rational) -> Rational {
        var rate = base.isPositive ? base.denominator : 90_000
        // A microsecond is finer than any camera, and an hour of them nearly fills the 32 bits old players count with.
        if rate > 1_000_000 { rate = 1_000_000 }
        while rate < 10_000 { rate *= 10 }
        return Rational(1, rate)
    }
}
