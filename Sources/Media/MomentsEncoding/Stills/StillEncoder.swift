internal import CLibAV
internal import MomentsCore
internal import MomentsMedia

/// Encodes a prepared frame in one of the formats of stills.
enum StillEncoder {
    /// What frames are prepared for: each format has its own range and matrix.
    static func purpose(_ format: StillFormat) -> FramePreparation.Purpose {
        switch format {
        case .jpeg: .still
        case .webp: .video(matrix: "bt601")
        case .avif: .video(matrix: "bt709")
        }
    }

    static func encode(_ frame: borrowing Frame, _ form: StillForm) throws -> [UInt8] {
        let (name, subject) = (encoder(of: form.format), "a picture as \(form.format.rawValue)")
        guard let codec = avcodec_find_encoder_by_name(name), let context = avcodec_alloc_context3(codec) else {
            throw MediaError("encode", subject, code: moments_averror_encoder_not_found)
        }
        var owned: UnsafeMutablePointer<AVCodecContext>? = context
        defer { avcodec_free_context(&owned) }
        (context.pointee.width, context.pointee.height) = (CInt(frame.width), CInt(frame.height))
        context.pointee.time_base = AVRational(num: 1, den: 25)
        context.pointee.thread_count = 1
        context.pointee.pix_fmt = form.format == .jpeg ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P
        context.pointee.color_range = form.format == .jpeg ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG
        var options: OpaquePointer?
        defer { av_dict_free(&options) }
        switch form.format {
        case .jpeg:
            context.pointee.flags |= AV_CODEC_FLAG_QSCALE
            context.pointee.global_quality = form.jpegScale * FF_QP2LAMBDA
        case .webp:
            av_dict_set(&options, "quality", "\(form.webpQuality)", 0)
            av_dict_set(&options, "compression_level", "3", 0)
        case .avif:
            context.pointee.colorspace = AVCOL_SPC_BT709
            (context.pointee.color_primaries, context.pointee.color_trc) = (AVCOL_PRI_BT709, AVCOL_TRC_BT709)
            av_dict_set(&options, "crf", "\(form.avifFactor)", 0)
            av_dict_set(&options, "cpu-used", "8", 0)
            av_dict_set(&options, "still-picture", "1", 0)
        }
        try check(avcodec_open2(context, codec, &options), "encode", subject)
        frame.raw.pointee.pts = 0
        frame.raw.pointee.quality = context.pointee.global_quality
        frame.raw.pointee.pict_type = AV_PICTURE_TYPE_I
        try check(avcodec_send_frame(context, frame.raw), "encode", subject)
        try check(avcodec_send_frame(context, nil), "encode", subject)
        let packet = try Packet()
        try check(avcodec_receive_packet(context, packet.raw), "encode", subject)
        return form.format == .avif ? try contained(packet, context) : Array(packet.bytes)
    }

    private static func encoder(of format: StillFormat) -> String {
        switch format {
        case .jpeg: "mjpeg"
        case .webp: "libwebp"
        case .avif: "libaom-av1"
        }
    }

    /// AV1 in the container that makes it a picture, written in memory.
    private static func contained(
        _ packet: borrowing Packet,
        _ encoder: UnsafeMutablePointer<AVCodecContext>
    ) throws -> [UInt8] {
        let subject = "a picture as avif"
        var format: UnsafeMutablePointer<AVFormatContext>?
        try check(avformat_alloc_output_context2(&format, nil, "avif", nil), "write", subject)
        guard let format, let stream = avformat_new_stream(format, nil) else {
            throw MediaError("write", subject, code: moments_averror(ENOMEM))
        }
        defer { avformat_free_context(format) }
        try check(avcodec_parameters_from_context(stream.pointee.codecpar, encoder), "write", subject)
        stream.pointee.time_base = AVRational(num: 1, den: 25)
        try check(avio_open_dyn_buf(&format.pointee.pb), "write", subject)
        var buffer: UnsafeMutablePointer<UInt8>?
        var failure: CInt = avformat_write_header(format, nil)
        if failure >= 0 {
            packet.raw.pointee.stream_index = 0
            failure = av_write_frame(format, packet.raw)
        }
        if failure >= 0 { failure = av_write_trailer(format) }
        let count = avio_close_dyn_buf(format.pointee.pb, &buffer)
        format.pointee.pb = nil
        defer { av_free(buffer) }
        try check(failure, "write", subject)
        return Array(UnsafeBufferPointer(start: buffer, count: Int(max(0, count))))
    }
}
