internal import CLibAV
public import MomentsCore
public import MomentsMedia

/// Writes a reel of coded frames taken over from the source, with newly encoded ones between them.
///
/// Both kinds have parameter sets of their own numbers, and all of them stand in the file's headers: a player follows
/// from one kind to the other without noticing. Used on one thread. Without `finish` the file is of no use.
public final class SmartCutWriter {
    private let copying: StreamCopySource
    private let base: Rational
    private let format: (pixels: CInt, width: CInt, height: CInt)
    private let output: Output
    private let track: FrameTrack
    private let path: FilePath
    private let card: CardPainter.Form
    private let titles: OverlayLayer
    private let frameRate: Rational
    /// What frames are encoded by, in words: others for whatever makes something else of them.
    public let identity: [String]

    /// Every frame so far, in coded order.
    public var samples: [ReelSample] { track.samples }

    /// Starts a file.
    ///
    /// - Parameters:
    ///   - path: The file; one that is there is overwritten.
    ///   - source: Whose frames are taken over.
    ///   - delay: How many frames may be decoded before one that is shown earlier.
    ///   - audio: Encodes its audio; nil for none.
    ///   - tags: Tags of the file, such as "title" and "creation_time".
    ///   - chapters: Its named segments.
    ///   - overlays: What is laid over its frames, but for those of cards; where it is, none are taken over.
    /// - Throws: `MediaError`, `unfit` where no encoder makes frames like the source's.
    public init(
        _ path: FilePath,
        copying source: StreamCopySource,
        delay: Int,
        audio: AudioEncoder?,
        tags: [String: String],
        chapters: [ReelChapter],
        overlays: [Overlay] = []
    ) throws {
        (copying, self.path) = (source, path)
        let clock = Rational.reelClock(for: source.source.video.timeBase)
        base = clock
        let rate = source.source.frameRate.isPositive ? source.source.frameRate : Rational(25, 1)
        let shape = source.source.video.format
        let settings = try Self.settings(of: source, clock, rate)
        frameRate = rate
        card = Self.cardForm(shape, settings)
        titles = OverlayLayer(
            overlays,
            OverlayForm(
                shownWidth: shape.displaySize.width,
                shownHeight: shape.displaySize.height,
                orientation: shape.orientation
            )
        )
        format = (settings.pixelFormat.rawValue, CInt(settings.width), CInt(settings.height))
        let video = try VideoEncoder(settings)
        let renumbering = source.syntax == .hevc ? Renumbering(beside: source.sets) : nil
        if source.syntax == .hevc, renumbering == nil { throw MediaError.unfit("it has too many headers") }
        let own = try video.headers.withUnsafeBufferPointer { bytes in
            try renumbering?.applied(to: bytes) ?? Array(bytes)
        }
        let headers = source.syntax.hasParameterSets ? source.sets.joined(with: own) : source.headers
        let described = try source.withStream { stream in
            try VideoTrack(copying: stream, headers: headers, base: clock)
        }
        output = try Output(path, video: described, audio: audio, tags: tags, chapters: chapters)
        identity = video.identity + [FilePath.hexadecimal(headers)]
        track = try FrameTrack(
            video,
            FrameLedger(output, source.syntax.hasParameterSets ? .startCodes : .whole),
            delay: delay,
            step: Int64((1 / (rate.value * clock.value)).rounded()),
            renumbering: renumbering
        )
    }

    /// How frames are encoded that stand beside the source's own.
    private static func settings(
        of source: StreamCopySource,
        _ clock: Rational,
        _ rate: Rational
    ) throws -> EncoderSettings {
        guard let free = source.sets.freeNumber(in: 0..<16) else { throw MediaError.unfit("it has too many headers") }
        let light = try source.light()
        let settings = source.withStream {
            EncoderSettings.edges(
                of: $0.pointee.codecpar.pointee,
                light: light?.parameters ?? "",
                pixelAspect: source.source.video.format.sampleAspectRatio,
                number: free,
                base: clock,
                frameRate: rate
            )
        }
        guard let settings else {
            throw MediaError.unfit("nothing here encodes \(source.source.video.profile) as it is")
        }
        return settings
    }

    private static func cardForm(_ shape: VideoFormat, _ settings: EncoderSettings) -> CardPainter.Form {
        CardPainter.Form(
            width: settings.width,
            height: settings.height,
            shownWidth: shape.displaySize.width,
            shownHeight: shape.displaySize.height,
            orientation: shape.orientation,
            pixelFormat: shape.pixelFormat,
            isFullRange: settings.colors.range == AVCOL_RANGE_JPEG || shape.pixelFormat.hasPrefix("yuvj"),
            matrix: shape.likelyMatrix,
            transfer: settings.colors.transfer
        )
    }

    /// Lays over a frame of the source what belongs there at its time; the pixels become its own.
    ///
    /// - Parameters:
    ///   - frame: As decoded.
    ///   - time: When the reel shows it.
    /// - Throws: `MediaError`, `unfit` where frames like it cannot be painted on.
    public func paintTitles(on frame: borrowing Frame, at time: MediaTime) throws {
        try titles.apply(to: frame, at: time)
    }

    /// Begins a run of frames that are encoded; `endRun` ends it.
    ///
    /// - Parameters:
    ///   - start: Where in the reel its place begins; no frame of it is earlier.
    ///   - recorder: Keeps it for later reels; nil where it is not kept.
    /// - Throws: `MediaError` where memory runs out.
    public func beginRun(at start: MediaTime, _ recorder: PieceRecorder? = nil) throws {
        try track.beginRun(at: start.timestamp(in: base), recorder)
    }

    /// Encodes a frame of the source, in a run.
    ///
    /// - Parameters:
    ///   - frame: As decoded.
    ///   - time: When the reel shows it.
    ///   - isFirst: Whether it is the run's first.
    /// - Throws: `MediaError`, `unfit` where the frame is not like the headers say.
    public func add(_ frame: borrowing Frame, at time: MediaTime, isFirst: Bool) throws {
        let raw = frame.raw.pointee
        guard (raw.format, raw.width, raw.height) == format else {
            throw MediaError.unfit("its pictures change their form")
        }
        try track.encode(frame, at: time.timestamp(in: base), isFirst: isFirst)
    }

    /// Ends a run.
    public func endRun() throws { try track.endRun() }

    /// Adds a run that was encoded for an earlier reel.
    ///
    /// - Parameters:
    ///   - piece: The run.
    ///   - start: Where in the reel its place begins.
    ///   - wrote: Told when each of its frames is shown, once it is written.
    /// - Throws: `MediaError` or `SystemError`.
    public func add(_ piece: CodedPiece, at start: MediaTime, _ wrote: (MediaTime) throws -> Void) throws {
        try track.take(piece, at: start.timestamp(in: base)) { shown in
            try wrote(MediaTime(timestamp: shown, base: base))
        }
    }

    /// Adds a card in the form of the source's frames.
    ///
    /// - Parameters:
    ///   - card: What it shows.
    ///   - start: When.
    /// - Throws: `MediaError`.
    public func add(_ card: ReelCard, at start: MediaTime) throws {
        var isFirst = true
        let painter = CardPainter(card, self.card, script: path.adding(suffix: ".card"))
        try beginRun(at: start)
        try painter.forEachFrame(ReelCard.frameRate(like: frameRate)) { frame, time in
            try track.encode(frame, at: (start + time).timestamp(in: base), isFirst: isFirst)
            isFirst = false
        }
        try endRun()
    }

    /// Takes over a segment of coded frames.
    ///
    /// - Parameters:
    ///   - entries: Their places in the source's index; decoding can start at the first.
    ///   - start: The place of the first of the whole segment they belong to; what is shown before it is left out.
    ///   - offset: What is added to the source's times for the reel's.
    /// - Throws: `MediaError`.
    public func copy(
        _ entries: Range<Int>,
        from start: Int,
        movedBy offset: MediaTime
    ) throws {
        let first = copying.source.track.entries[start].pts
        try copying.copy(entries, from: first) { packet, time in
            let moved = time + offset
            try track.copy(packet, shown: moved.timestamp(in: base))
        }
    }

    /// Adds audio that follows on what was added before.
    public func add(_ audio: EncodedAudio) throws {
        try output.write(audio.packet, isVideo: false)
    }

    /// Completes the file.
    ///
    /// - Parameter end: When the last frame has been shown.
    /// - Throws: `MediaError`.
    public func finish(at end: MediaTime) throws {
        try track.finish(at: end.timestamp(in: base))
        try output.finish()
    }
}
