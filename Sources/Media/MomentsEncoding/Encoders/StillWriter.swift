internal import CLibAV
internal import MomentsCore
public import MomentsMedia

/// Turns a decoded frame into a JPEG people can look at.
public enum StillWriter {
    /// Prepares a frame and encodes it.
    ///
    /// - Parameters:
    ///   - frame: The coded frame.
    ///   - preparation: Its size and orientation, with the purpose `.still`.
    ///   - quality: The quantiser scale, from 2 (finest) to 31.
    /// - Returns: The file's content.
    /// - Throws: `MediaError`.
    public static func jpeg(
        _ frame: borrowing Frame,
        _ preparation: FramePreparation,
        quality: Int
    ) throws -> [UInt8] {
        let filter = try FrameFilter(base: Rational(1, 1000)) {
            (preparation.chain(for: $0, isInterlaced: $1), preparation.toneTable(for: $0))
        }
        var bytes: [UInt8] = []
        let consume: FrameFilter.Consumer = { frame, _ in
            bytes = try encode(frame, quality: quality)
        }
        try filter.push(frame, at: .zero, consume)
        try filter.finish(consume)
        guard !bytes.isEmpty else { throw MediaError("encode", "a JPEG", code: moments_averror(EINVAL)) }
        return bytes
    }

    private static func encode(_ frame: borrowing Frame, quality: Int) throws -> [UInt8] {
        let subject = "a JPEG"
        guard let codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG), let context = avcodec_alloc_context3(codec) else {
            throw MediaError("encode", subject, code: moments_averror(ENOMEM))
        }
        var owned: UnsafeMutablePointer<AVCodecContext>? = context
        defer { avcodec_free_context(&owned) }
        context.pointee.width = CInt(frame.width)
        context.pointee.height = CInt(frame.height)
        context.pointee.pix_fmt = AV_PIX_FMT_YUVJ420P
        context.pointee.color_range = AVCOL_RANGE_JPEG
        context.pointee.time_base = AVRational(num: 1, den: 25)
        context.pointee.flags |= AV_CODEC_FLAG_QSCALE
        context.pointee.global_quality = CInt(min(max(quality, 2), 31)) * FF_QP2LAMBDA
        context.pointee.thread_count = 1
        try check(avcodec_open2(context, codec, nil), "encode", subject)
        frame.raw.pointee.pts = 0
        frame.raw.pointee.quality = context.pointee.global_quality
        frame.raw.pointee.pict_type = AV_PICTURE_TYPE_I
        try check(avcodec_send_frame(context, frame.raw), "encode", subject)
        try check(avcodec_send_frame(context, nil), "encode", subject)
        let packet = try Packet()
        try check(avcodec_receive_packet(context, packet.raw), "encode", subject)
        return Array(UnsafeBufferPointer(start: packet.raw.pointee.data, count: packet.size))
    }
}
