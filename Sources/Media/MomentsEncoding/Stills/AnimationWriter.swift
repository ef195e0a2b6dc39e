internal import CLibAV
internal import MomentsCore
public import MomentsMedia

/// Makes a moving picture of frames: an animated WebP that goes on for ever.
///
/// Used on one thread.
public final class AnimationWriter {
    private let filter: FrameFilter
    private let rate: Int
    private let quality: Int
    private let width: Int
    private let height: Int
    private var encoder: UnsafeMutablePointer<AVCodecContext>?
    private var count: Int64 = 0

    /// Prepares a moving picture.
    ///
    /// - Parameters:
    ///   - preparation: Size and orientation of its frames.
    ///   - rate: Frames per second.
    ///   - quality: 0–100.
    /// - Throws: `MediaError`.
    public init(_ preparation: FramePreparation, rate: Int, quality: Int) throws {
        let ready = FramePreparation(
            width: preparation.width,
            height: preparation.height,
            orientation: preparation.orientation,
            purpose: StillEncoder.purpose(.webp)
        )
        (self.rate, self.quality) = (rate, quality)
        (width, height) = (ready.width, ready.height)
        filter = try FrameFilter(base: Rational(1, 1000)) {
            (ready.chain(for: $0, isInterlaced: $1), ready.toneTable(for: $0))
        }
    }

    deinit { avcodec_free_context(&encoder) }

    /// How many frames were added.
    public var frames: Int { Int(count) }

    /// Adds a decoded frame.
    ///
    /// - Throws: `MediaError`.
    public func add(_ frame: borrowing Frame) throws {
        try filter.push(frame, at: MediaTime(ticks: count, timescale: 1000)) { ready, _ in
            try self.send(ready)
        }
    }

    /// The file's content; there must be a frame.
    ///
    /// - Throws: `MediaError`.
    public func finish() throws -> [UInt8] {
        try filter.finish { ready, _ in try self.send(ready) }
        guard let encoder else { throw MediaError("encode", "a preview", code: moments_averror(EINVAL)) }
        try check(avcodec_send_frame(encoder, nil), "encode", "a preview")
        let packet = try Packet()
        try check(avcodec_receive_packet(encoder, packet.raw), "encode", "a preview")
        return Array(packet.bytes)
    }

    private func send(_ frame: borrowing Frame) throws {
        let context = try opened()
        frame.raw.pointee.pts = count
        count += 1
        try check(avcodec_send_frame(context, frame.raw), "encode", "a preview")
    }

    private func opened() throws -> UnsafeMutablePointer<AVCodecContext> {
        if let encoder { return encoder }
        guard let codec = avcodec_find_encoder_by_name("libwebp_anim"), let context = avcodec_alloc_context3(codec)
        else { throw MediaError("encode", "a preview", code: moments_averror_encoder_not_found) }
        encoder = context
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
        return context
    }
}
