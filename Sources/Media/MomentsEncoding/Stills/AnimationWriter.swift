internal import CLibAV
internal import MomentsCore
public import MomentsMedia

/// Makes a moving picture of frames: an animated WebP that goes on for ever.
///
/// Keeps the frames at their final size, so that another quality costs no decoding. Used on one thread.
public final class AnimationWriter {
    private let filter: FrameFilter
    private let rate: Int
    private let width: Int
    private let height: Int
    private var kept: [FrameBox] = []
    private var added: Int64 = 0

    /// Prepares a moving picture.
    ///
    /// - Parameters:
    ///   - preparation: Size and orientation of its frames.
    ///   - rate: Frames per second.
    /// - Throws: `MediaError`.
    public init(_ preparation: FramePreparation, rate: Int) throws {
        let ready = FramePreparation(
            width: preparation.width,
            height: preparation.height,
            orientation: preparation.orientation,
            purpose: StillEncoder.purpose(.webp)
        )
        self.rate = rate
        (width, height) = (ready.width, ready.height)
        filter = try FrameFilter(base: Rational(1, 1000)) {
            (ready.chain(for: $0, isInterlaced: $1), ready.toneTable(for: $0))
        }
    }

    /// How many frames were added.
    public var frames: Int { Int(added) }

    /// Adds a decoded frame.
    ///
    /// - Throws: `MediaError`.
    public func add(_ frame: borrowing Frame) throws {
        try filter.push(frame, at: MediaTime(ticks: added, timescale: 1000)) { ready, _ in try self.keep(ready) }
        added += 1
    }

    /// The file's content, which may be asked for again; there must be a frame.
    ///
    /// - Parameter quality: 0–100.
    /// - Returns: An animated WebP.
    /// - Throws: `MediaError`.
    public func content(quality: Int) throws -> [UInt8] {
        try filter.finish { ready, _ in try self.keep(ready) }
        guard let codec = avcodec_find_encoder_by_name("libwebp_anim"), let context = avcodec_alloc_context3(codec)
        else { throw MediaError("encode", "a preview", code: moments_averror_encoder_not_found) }
        var encoder: UnsafeMutablePointer<AVCodecContext>? = context
        defer { avcodec_free_context(&encoder) }
        try open(context, codec, quality)
        for (place, box) in kept.enumerated() {
            box.value.raw.pointee.pts = Int64(place)
            try check(avcodec_send_frame(context, box.value.raw), "encode", "a preview")
        }
        try check(avcodec_send_frame(context, nil), "encode", "a preview")
        let packet = try Packet()
        try check(avcodec_receive_packet(context, packet.raw), "encode", "a preview")
        return Array(packet.bytes)
    }

    private func keep(_ frame: borrowing Frame) throws {
        let box = try FrameBox()
        try check(av_frame_ref(box.value.raw, frame.raw), "keep", "a picture")
        // What it lies in is used for the next one.
        try check(av_frame_make_writable(box.value.raw), "keep", "a picture")
        kept.append(box)
    }

    private func open(
        _ context: UnsafeMutablePointer<AVCodecContext>,
        _ codec: UnsafePointer<AVCodec>,
        _ quality: Int
    ) throws {
        (context.pointee.width, context.pointee.height) = (CInt(width), CInt(height))
        context.pointee.time_base = AVRational(num: 1, den: CInt(rate))
        context.pointee.pix_fmt = AV_PIX_FMT_YUV420P
        context.pointee.thread_count = 1
        var options: OpaquePointer?
        defer { av_dict_free(&options) }
        av_dict_set(&options, "quality", "\(quality)", 0)
        // The quickest ones that still compare frames: the file is looked at once, at the size of a hand.
        av_dict_set(&options, "compression_level", "1", 0)
        try check(avcodec_open2(context, codec, &options), "encode", "a preview")
    }
}
