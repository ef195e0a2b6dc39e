internal import CLibAV
public import MomentsCore
public import MomentsMedia

/// Writes pictures that were made here, one by one, as a clip of its own: H.264, 8 bits, limited range, BT.709.
///
/// Clips of one form have the same headers, so that they can be joined without encoding them again. Used on one thread;
/// without `finish` the file is of no use.
public final class ClipWriter {
    /// What a clip's pictures are like.
    public struct Form: Hashable, Codable, Sendable {
        /// Width in pixels; even.
        public let width: Int
        /// Height in pixels; even.
        public let height: Int
        /// Pictures a second.
        public let frameRate: Int
        /// x264's constant rate factor.
        public let rateFactor: Double
        /// x264's preset.
        public let preset: String

        /// Describes pictures.
        public init(
            width: Int,
            height: Int,
            frameRate: Int = 25,
            rateFactor: Double = 20,
            preset: String = "veryfast"
        ) {
            (self.width, self.height, self.frameRate) = (width, height, frameRate)
            (self.rateFactor, self.preset) = (rateFactor, preset)
        }
    }

    /// How the pictures' values are meant.
    public static let colors = FrameColors(primaries: "bt709", transfer: "bt709", matrix: "bt709")

    private let form: Form
    private let ticks: Int64
    private let video: VideoEncoder
    private let output: Output
    private let ledger: FrameLedger
    private let titles: OverlayLayer
    private let cover: FrameCover?
    private let own: FrameBox
    private var count: Int64 = 0

    /// Starts a file; one that is there is overwritten.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - form: What its pictures are like.
    ///   - overlays: What is laid over them, on the clip's clock.
    ///   - cover: What of them is made unrecognizable before, on the same clock; nil for nothing.
    /// - Throws: `MediaError`.
    public init(_ path: FilePath, _ form: Form, overlays: [Overlay] = [], cover: FrameCover? = nil) throws {
        // A story of titles reads nothing that would have told the encoder to be quiet, and has sixty shots to talk of.
        av_log_set_level(AV_LOG_QUIET)
        self.form = form
        self.cover = cover
        titles = OverlayLayer(overlays, OverlayForm(shownWidth: form.width, shownHeight: form.height))
        own = try FrameBox()
        let base = Rational.reelClock(for: Rational(1, Int64(form.frameRate)))
        ticks = base.denominator / Int64(form.frameRate)
        video = try VideoEncoder(
            .reel(
                width: form.width,
                height: form.height,
                base: base,
                frameRate: Rational(Int64(form.frameRate), 1),
                matrix: "bt709",
                rateFactor: form.rateFactor,
                preset: form.preset
            )
        )
        output = try Output(path, video: VideoTrack(video), audio: nil, tags: [:], chapters: [])
        ledger = try FrameLedger(output, .startCodes)
    }

    /// Adds the next picture, of the clip's size.
    public func add(_ picture: StillImage) throws {
        precondition(picture.width == form.width && picture.height == form.height, "a clip has one size")
        try add(try Self.colors.frame(of: picture))
    }

    /// Adds the next frame, of the clip's size and form.
    public func add(_ frame: borrowing Frame) throws {
        // Others may hold the same pixels.
        av_frame_unref(own.value.raw)
        try check(av_frame_ref(own.value.raw, frame.raw), "take", "a picture")
        let time = MediaTime(ticks: count, timescale: Int64(form.frameRate))
        let areas = cover?.areas(at: time.seconds) ?? []
        if !areas.isEmpty {
            try check(av_frame_make_writable(own.value.raw), "cover", "a picture")
            FrameBlur.apply(to: own.value, areas, isFlat: cover?.isFlat ?? false)
        }
        try titles.apply(to: own.value, at: time)
        try video.encode(own.value, at: count * ticks, startsShot: count == 0) { try write($0) }
        count += 1
    }

    /// Encodes what is held back and completes the file.
    public func finish() throws {
        try video.finish { try write($0) }
        try ledger.finish(at: count * ticks)
        try output.finish()
    }

    private func write(_ packet: borrowing Packet) throws {
        packet.raw.pointee.duration = ticks
        try ledger.write(packet, isCopied: false)
    }
}
