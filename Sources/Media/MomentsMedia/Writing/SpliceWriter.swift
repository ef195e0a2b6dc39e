internal import CLibAV
public import MomentsCore

/// Writes a reel of coded pictures taken over from the source, with newly encoded ones between them.
///
/// Both kinds have parameter sets of their own numbers, and all of them stand in the file's headers: a player follows
/// from one kind to the other without noticing. Used on one thread. Without `finish` the file is of no use.
public final class SpliceWriter {
    private let copying: CopySource
    private let base: Rational
    private let encoder: VideoEncoder
    private let format: (pixels: CInt, width: CInt, height: CInt)
    private let sound: SoundEncoder?
    private let output: Output
    private let ledger: PictureLedger
    private var clock: DecodingClock
    private let step: Int64

    /// Every picture so far, in coded order.
    public var samples: [ReelSample] { ledger.samples }

    /// Starts a file.
    ///
    /// - Parameters:
    ///   - path: The file; one that is there is overwritten.
    ///   - source: Whose pictures are taken over.
    ///   - delay: How many pictures may be decoded before one that is shown earlier.
    ///   - channels: Sound channels at 48 kHz; 0 for none.
    ///   - tags: Tags of the file, such as "title" and "creation_time".
    /// - Throws: `CopyError`, `unfit` where no encoder makes pictures like the source's.
    public init(
        _ path: FilePath,
        copying source: CopySource,
        delay: Int,
        channels: Int,
        tags: [String: String]
    ) throws(CopyError) {
        copying = source
        let clock = Rational.reelClock(for: source.source.video.timeBase)
        base = clock
        let rate = source.source.frameRate.isPositive ? source.source.frameRate : Rational(25, 1)
        let picture = source.source.video.picture
        guard let number = source.sets.freeNumber(below: 16) else { throw .unfit("it has too many headers") }
        let settings = source.withStream {
            EncoderSettings.edges(
                of: $0.pointee.codecpar.pointee,
                pixelAspect: picture.sampleAspectRatio,
                number: number,
                base: clock,
                frameRate: rate
            )
        }
        guard let settings else { throw .unfit("nothing here encodes \(source.source.video.profile) as it is") }
        format = (settings.pixelFormat.rawValue, CInt(settings.width), CInt(settings.height))
        let video = try MomentsMedia.copying { () throws(MediaError) in try VideoEncoder(settings) }
        encoder = video
        let headers = source.sets.joined(with: video.headers)
        let track = try source.withStream { (stream) throws(CopyError) in
            try MomentsMedia.copying { () throws(MediaError) in
                try PictureTrack(copying: stream, headers: headers, base: clock)
            }
        }
        step = max(1, Int64((1 / (rate.value * clock.value)).rounded()))
        self.clock = DecodingClock(delay: delay, step: step)
        (sound, output, ledger) = try MomentsMedia.copying { () throws(MediaError) in
            let sound = channels > 0 ? try SoundEncoder(rate: ReelWriter.soundRate, channels: channels) : nil
            let output = try Output(path, video: track, sound: sound, tags: tags)
            return (sound, output, try PictureLedger(output))
        }
    }

    /// Encodes a picture of the source.
    ///
    /// - Parameters:
    ///   - frame: As decoded.
    ///   - time: When the reel shows it.
    ///   - isFirst: Whether what stands before it in the reel is copied, or another shot's.
    /// - Throws: `CopyError`, `unfit` where the picture is not like the headers say.
    public func add(_ frame: borrowing Frame, at time: MediaTime, isFirst: Bool) throws(CopyError) {
        let raw = frame.raw.pointee
        guard (raw.format, raw.width, raw.height) == format else { throw .unfit("its pictures change their form") }
        let shown = time.timestamp(in: base)
        try MomentsMedia.copying { () throws(MediaError) in
            try encoder.encode(frame, at: shown, startsShot: isFirst) { (packet) throws(MediaError) in
                try write(packet, shown: shown, isCopied: false)
            }
        }
    }

    /// Takes over a stretch of coded pictures.
    ///
    /// - Parameters:
    ///   - entries: Their places in the source's index; decoding can start at the first.
    ///   - offset: What is added to the source's times for the reel's.
    /// - Throws: `CopyError`.
    public func copy(
        _ entries: Range<Int>,
        movedBy offset: MediaTime
    ) throws(CopyError) {
        try copying.copy(entries) { (packet, time) throws(CopyError) in
            let moved = time + offset
            try MomentsMedia.copying { () throws(MediaError) in
                try write(packet, shown: moved.timestamp(in: base), isCopied: true)
            }
        }
    }

    /// Adds interleaved sound that follows on what was added before.
    public func add(sound samples: [Float]) throws(MediaError) {
        try sound?.encode(samples) { (packet) throws(MediaError) in try output.write(packet, isVideo: false) }
    }

    /// Completes the file.
    ///
    /// - Parameter end: When the last picture has been shown.
    /// - Throws: `MediaError`.
    public func finish(at end: MediaTime) throws(MediaError) {
        try ledger.finish(at: end.timestamp(in: base))
        try sound?.finish { (packet) throws(MediaError) in try output.write(packet, isVideo: false) }
        try output.finish()
    }

    private func write(_ packet: borrowing Packet, shown: Int64, isCopied: Bool) throws(MediaError) {
        guard let decoding = clock.time(of: shown) else {
            throw MediaError("order", "the reel's pictures", code: moments_averror_invaliddata)
        }
        packet.raw.pointee.pts = shown
        packet.raw.pointee.dts = decoding
        packet.raw.pointee.duration = step
        try ledger.write(packet, isCopied: isCopied)
    }
}
