internal import CLibAV
internal import MomentsCore
internal import MomentsMedia

/// The frames of a reel in the making: encoded run by run, taken from earlier reels, or taken over from the source.
///
/// Each run is encoded as if nothing had been before it: what comes of its frames depends on them alone, so that they can
/// stand in another reel too. Decoding times come of the times shown alone. Used on one thread.
final class FrameTrack {
    private let encoder: VideoEncoder
    private let ledger: FrameLedger
    private var clock: DecodingClock
    private let renumbering: Renumbering?
    private let spare: PacketBox
    /// How long a frame is shown of which nothing else is known, in ticks.
    private let step: Int64
    /// How long each frame that is being encoded is shown, by its time.
    private var durations: [Int64: Int64] = [:]
    /// Keeps the run that is being encoded; nil where it is not kept.
    private var recorder: PieceRecorder?
    private var start: Int64 = 0

    /// Every frame written so far, in coded order.
    var samples: [ReelSample] { ledger.samples }

    /// Starts a track.
    ///
    /// - Parameters:
    ///   - encoder: Encodes runs.
    ///   - ledger: Takes what is coded.
    ///   - delay: How many frames may be decoded before one that is shown earlier.
    ///   - step: About how long a frame is shown, in ticks; at least 1.
    ///   - renumbering: Gives what is encoded other numbers of parameter sets; nil for its own.
    /// - Throws: `MediaError` where memory runs out.
    init(
        _ encoder: VideoEncoder,
        _ ledger: FrameLedger,
        delay: Int,
        step: Int64,
        renumbering: Renumbering? = nil
    ) throws {
        (self.encoder, self.ledger, self.renumbering) = (encoder, ledger, renumbering)
        self.step = max(1, step)
        clock = DecodingClock(delay: delay, step: step)
        spare = try PacketBox()
    }

    /// Begins a run.
    ///
    /// - Parameters:
    ///   - start: When its place in the reel begins, in ticks; its first frame is not earlier.
    ///   - recorder: Keeps it for later reels; nil where it is not kept.
    /// - Throws: `MediaError` where memory runs out.
    func beginRun(at start: Int64, _ recorder: PieceRecorder? = nil) throws {
        try encoder.restart()
        (self.start, self.recorder) = (start, recorder)
    }

    /// Tells for how long a frame is shown that is encoded next, or is being encoded.
    func show(_ time: Int64, until end: Int64) { durations[time] = max(1, end - time) }

    /// Encodes the next frame of the run.
    ///
    /// - Parameters:
    ///   - frame: Of the encoder's form.
    ///   - time: When it is shown, in ticks.
    ///   - isFirst: Whether it is the run's first.
    ///   - gain: How much finer than others it is quantised; nil where nothing is said of it.
    /// - Throws: `MediaError`.
    func encode(_ frame: borrowing Frame, at time: Int64, isFirst: Bool, finerBy gain: Double? = nil) throws {
        try encoder.encode(frame, at: time, startsShot: isFirst, finerBy: gain) { try take($0) }
    }

    /// Ends the run: all of it is written.
    func endRun() throws {
        try encoder.finish { try take($0) }
        recorder = nil
        durations = [:]
    }

    private func take(_ packet: borrowing Packet) throws {
        guard let shown = packet.pts else { return }
        packet.raw.pointee.duration = durations.removeValue(forKey: shown) ?? step
        guard let renumbering else { return try record(packet, shown) }
        let duration = packet.duration
        try spare.value.fill(with: renumbering.applied(to: packet.bytes), like: packet)
        spare.value.raw.pointee.duration = duration
        try record(spare.value, shown)
    }

    private func record(_ packet: borrowing Packet, _ shown: Int64) throws {
        recorder?.add(packet, shown: shown - start)
        try write(packet, shown: shown, isCopied: false)
    }

    /// Takes a run that was encoded for an earlier reel.
    ///
    /// - Parameters:
    ///   - piece: The run.
    ///   - start: When its place in the reel begins, in ticks.
    ///   - wrote: Told when each frame is shown, in ticks, once it is written.
    /// - Throws: `MediaError` or `SystemError`, or what `wrote` throws.
    func take(_ piece: CodedPiece, at start: Int64, _ wrote: (Int64) throws -> Void) throws {
        try piece.forEachSample { sample, bytes in
            try spare.value.fill(with: bytes, flags: sample.flags)
            spare.value.raw.pointee.duration = sample.duration
            try write(spare.value, shown: start + sample.shown, isCopied: false)
            try wrote(start + sample.shown)
        }
    }

    /// Takes a frame over from the source.
    func copy(_ packet: borrowing Packet, shown: Int64) throws {
        packet.raw.pointee.duration = step
        try write(packet, shown: shown, isCopied: true)
    }

    private func write(_ packet: borrowing Packet, shown: Int64, isCopied: Bool) throws {
        guard let dts = clock.time(of: shown) else {
            throw MediaError("order", "the reel's pictures", code: moments_averror_invaliddata)
        }
        packet.raw.pointee.pts = shown
        packet.raw.pointee.dts = dts
        try ledger.write(packet, isCopied: isCopied)
    }

    /// Writes what is held back.
    ///
    /// - Parameter end: When the last frame has been shown, in ticks.
    /// - Throws: `MediaError`.
    func finish(at end: Int64) throws { try ledger.finish(at: end) }
}
