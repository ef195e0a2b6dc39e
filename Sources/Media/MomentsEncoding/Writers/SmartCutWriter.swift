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
    private let encoder: VideoEncoder
    private let format: (pixels: CInt, width: CInt, height: CInt)
    private let output: Output
    private let ledger: FrameLedger
    private var clock: DecodingClock
    private let step: Int64
    private let renumbering: Renumbering?
    private let spare: PacketBox
    private let path: FilePath
    private let card: CardPainter.Form
    private let titles: OverlayLayer
    private let frameRate: Rational

    /// Every frame so far, in coded order.
    public var samples: [ReelSample] { ledger.samples }

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
        guard let free = source.sets.freeNumber(in: 0..<16) else { throw MediaError.unfit("it has too many headers") }
        let light = try source.light()
        let settings = source.withStream {
            EncoderSettings.edges(
                of: $0.pointee.codecpar.pointee,
                light: light?.parameters ?? "",
                pixelAspect: shape.sampleAspectRatio,
                number: free,
                base: clock,
                frameRate: rate
            )
        }
        guard let settings else {
            throw MediaError.unfit("nothing here encodes \(source.source.video.profile) as it is")
        }
        frameRate = rate
        card = CardPainter.Form(
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
        encoder = video
        renumbering = source.syntax == .hevc ? Renumbering(beside: source.sets) : nil
        if source.syntax == .hevc, renumbering == nil { throw MediaError.unfit("it has too many headers") }
        let number = renumbering
        let own = try video.headers.withUnsafeBufferPointer { bytes in
            try number?.applied(to: bytes) ?? Array(bytes)
        }
        let headers = source.syntax.hasParameterSets ? source.sets.joined(with: own) : source.headers
        spare = try PacketBox()
        let track = try source.withStream { stream in
            try VideoTrack(copying: stream, headers: headers, base: clock)
        }
        step = max(1, Int64((1 / (rate.value * clock.value)).rounded()))
        self.clock = DecodingClock(delay: delay, step: step)
        output = try Output(path, video: track, audio: audio, tags: tags, chapters: chapters)
        ledger = try FrameLedger(output, source.syntax.hasParameterSets ? .startCodes : .whole)
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

    /// Encodes a frame of the source.
    ///
    /// - Parameters:
    ///   - frame: As decoded.
    ///   - time: When the reel shows it.
    ///   - isFirst: Whether what stands before it in the reel is copied, or another shot's.
    /// - Throws: `MediaError`, `unfit` where the frame is not like the headers say.
    public func add(_ frame: borrowing Frame, at time: MediaTime, isFirst: Bool) throws {
        let raw = frame.raw.pointee
        guard (raw.format, raw.width, raw.height) == format else {
            throw MediaError.unfit("its pictures change their form")
        }
        try encode(frame, shown: time.timestamp(in: base), isFirst: isFirst)
    }

    private func encode(_ frame: borrowing Frame, shown: Int64, isFirst: Bool) throws {
        try encoder.encode(frame, at: shown, startsShot: isFirst) { packet in
            if let renumbering {
                try spare.value.fill(with: renumbering.applied(to: packet.bytes), like: packet)
                try write(spare.value, shown: shown, isCopied: false)
            } else {
                try write(packet, shown: shown, isCopied: false)
            }
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
        try painter.forEachFrame(ReelCard.frameRate(like: frameRate)) { frame, time in
            try encode(frame, shown: (start + time).timestamp(in: base), isFirst: isFirst)
            isFirst = false
        }
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
            try write(packet, shown: moved.timestamp(in: base), isCopied: true)
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
        try ledger.finish(at: end.timestamp(in: base))
        try output.finish()
    }

    private func write(_ packet: borrowing Packet, shown: Int64, isCopied: Bool) throws {
        guard let dts = clock.time(of: shown) else {
            throw MediaError("order", "the reel's pictures", code: moments_averror_invaliddata)
        }
        packet.raw.pointee.pts = shown
        packet.raw.pointee.dts = dts
        packet.raw.pointee.duration = step
        try ledger.write(packet, isCopied: isCopied)
    }
}
