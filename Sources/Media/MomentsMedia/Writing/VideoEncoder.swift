internal import CLibAV
internal import MomentsCore

/// Encodes pictures as H.264 by libx264.
///
/// Used on one thread; x264's own threads work behind it.
final class VideoEncoder {
    /// How pictures are encoded.
    struct Settings {
        let width: Int
        let height: Int
        /// Seconds per tick of the clock.
        let base: Rational
        /// About how many pictures come a second; for x264's rate control only.
        let frameRate: Rational
        /// The constant rate factor, 0 (lossless) to 51.
        let rateFactor: Double
        /// x264's preset, such as "veryfast".
        let preset: String
        /// "bt709" or "bt601".
        let matrix: String
        let threads: Int
    }

    let context: UnsafeMutablePointer<AVCodecContext>
    private let packet: PacketBox

    init(_ settings: Settings) throws(MediaError) {
        packet = try PacketBox()
        context = try Self.open(settings)
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&context)
    }

    private static func open(_ settings: Settings) throws(MediaError) -> UnsafeMutablePointer<AVCodecContext> {
        guard let codec = avcodec_find_encoder_by_name("libx264"), let context = avcodec_alloc_context3(codec) else {
            throw MediaError("find", "the encoder libx264", code: moments_averror(ENOENT))
        }
        context.pointee.width = CInt(settings.width)
        context.pointee.height = CInt(settings.height)
        context.pointee.pix_fmt = AV_PIX_FMT_YUV420P
        context.pointee.time_base = settings.base.raw
        context.pointee.framerate = settings.frameRate.raw
        context.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
        context.pointee.thread_count = CInt(settings.threads)
        // A random access point every two seconds or so, for scrubbing; every shot starts with one of its own.
        context.pointee.gop_size = CInt(min(max((settings.frameRate.value * 2).rounded(), 12), 250))
        context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER | CInt(bitPattern: AV_CODEC_FLAG_CLOSED_GOP)
        context.pointee.color_range = AVCOL_RANGE_MPEG
        let isHD = settings.matrix == "bt709"
        context.pointee.colorspace = isHD ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M
        context.pointee.color_primaries = isHD ? AVCOL_PRI_BT709 : AVCOL_PRI_SMPTE170M
        context.pointee.color_trc = isHD ? AVCOL_TRC_BT709 : AVCOL_TRC_SMPTE170M
        context.pointee.chroma_sample_location = AVCHROMA_LOC_LEFT
        var options: OpaquePointer?
        defer { av_dict_free(&options) }
        av_dict_set(&options, "preset", settings.preset, 0)
        av_dict_set(&options, "crf", "\(settings.rateFactor)", 0)
        av_dict_set(&options, "forced-idr", "1", 0)
        // Captions of the source would come at the wrong words.
        av_dict_set(&options, "a53cc", "0", 0)
        if let frugal = frugality(width: settings.width, height: settings.height) {
            av_dict_set(&options, "x264-params", frugal, 0)
        }
        let result = avcodec_open2(context, codec, &options)
        if result < 0 {
            var failed: UnsafeMutablePointer<AVCodecContext>? = context
            avcodec_free_context(&failed)
            throw MediaError("open", "the encoder libx264", code: result)
        }
        return context
    }

    /// How x264 holds fewer pictures at once; each takes some 4 bytes a pixel, and the preset's forty some 700 MB at 4K.
    private static func frugality(width: Int, height: Int) -> String? {
        switch width * height {
        case ...1_000_000: nil
        case ...2_400_000: "rc-lookahead=5:sync-lookahead=0"
        case ...4_500_000: "rc-lookahead=4:sync-lookahead=0:bframes=2:ref=1"
        // Without B-pictures and foresight a file grows by a fifth or so; with them memory does by half.
        default: "rc-lookahead=0:sync-lookahead=0:mbtree=0:bframes=0:ref=1:sliced-threads=1"
        }
    }

    /// Encodes a picture.
    ///
    /// - Parameters:
    ///   - frame: 8-bit YUV 4:2:0 of the size agreed; its own time is replaced.
    ///   - ticks: When it is shown, on the encoder's clock; later than the one before.
    ///   - startsShot: Whether decoding must be able to start here.
    ///   - consume: Takes each packet that is ready, times on the encoder's clock.
    /// - Throws: `MediaError`, or what `consume` throws.
    func encode(
        _ frame: borrowing Frame,
        at ticks: Int64,
        startsShot: Bool,
        _ consume: (borrowing Packet) throws(MediaError) -> Void
    ) throws(MediaError) {
        frame.raw.pointee.pts = ticks
        frame.raw.pointee.pict_type = startsShot ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE
        try check(avcodec_send_frame(context, frame.raw), "encode", "a picture")
        try drain(consume)
    }

    /// Hands over the last packets.
    func finish(_ consume: (borrowing Packet) throws(MediaError) -> Void) throws(MediaError) {
        try check(avcodec_send_frame(context, nil), "encode", "the last picture")
        try drain(consume)
    }

    private func drain(_ consume: (borrowing Packet) throws(MediaError) -> Void) throws(MediaError) {
        while true {
            let result = avcodec_receive_packet(context, packet.value.raw)
            if result == moments_averror_again || result == moments_averror_eof { return }
            try check(result, "encode", "a picture")
            try consume(packet.value)
        }
    }
}
