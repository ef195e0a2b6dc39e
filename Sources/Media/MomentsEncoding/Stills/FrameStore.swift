internal import CLibAV
internal import MomentsMedia

/// Keeps small pictures in a tenth of their room: as JPEGs whose values are the pictures' own, for nobody's eyes.
///
/// Used on one thread; storing 320 × 180 takes about half a millisecond.
public final class FrameStore {
    private var encoder: UnsafeMutablePointer<AVCodecContext>?
    private let packet: PacketBox

    /// Makes a store; nothing is opened before the first picture.
    public init() throws { packet = try PacketBox() }

    deinit { avcodec_free_context(&encoder) }

    /// The picture in few bytes.
    ///
    /// - Throws: `MediaError`.
    public func bytes(of picture: StillImage) throws -> [UInt8] {
        let context = try encoder(for: picture)
        let frame = try FrameColors.unknown.frame(of: picture)
        frame.raw.pointee.format = AV_PIX_FMT_YUVJ420P.rawValue
        frame.raw.pointee.color_range = AVCOL_RANGE_JPEG
        frame.raw.pointee.quality = context.pointee.global_quality
        try check(avcodec_send_frame(context, frame.raw), "keep", "a picture")
        try check(avcodec_receive_packet(context, packet.value.raw), "keep", "a picture")
        return Array(packet.value.bytes)
    }

    private func encoder(for picture: StillImage) throws -> UnsafeMutablePointer<AVCodecContext> {
        if let encoder, (Int(encoder.pointee.width), Int(encoder.pointee.height)) == (picture.width, picture.height) {
            return encoder
        }
        avcodec_free_context(&encoder)
        guard let codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG), let context = avcodec_alloc_context3(codec) else {
            throw MediaError("keep", "a picture", code: moments_averror(ENOMEM))
        }
        encoder = context
        (context.pointee.width, context.pointee.height) = (CInt(picture.width), CInt(picture.height))
        context.pointee.pix_fmt = AV_PIX_FMT_YUVJ420P
        context.pointee.color_range = AVCOL_RANGE_JPEG
        context.pointee.time_base = AVRational(num: 1, den: 25)
        context.pointee.flags |= AV_CODEC_FLAG_QSCALE
        context.pointee.global_quality = 2 * FF_QP2LAMBDA
        context.pointee.thread_count = 1
        try check(avcodec_open2(context, codec, nil), "keep", "a picture")
        return context
    }

    /// The picture that was stored.
    ///
    /// - Throws: `MediaError` where the bytes are not what was stored.
    public static func picture(from bytes: [UInt8]) throws -> StillImage {
        guard let codec = avcodec_find_decoder(AV_CODEC_ID_MJPEG), let context = avcodec_alloc_context3(codec) else {
            throw MediaError("take out", "a picture", code: moments_averror(ENOMEM))
        }
        var owned: UnsafeMutablePointer<AVCodecContext>? = context
        defer { avcodec_free_context(&owned) }
        context.pointee.thread_count = 1
        try check(avcodec_open2(context, codec, nil), "take out", "a picture")
        let (packet, frame) = (try PacketBox(), try FrameBox())
        try packet.value.fill(with: bytes, flags: AV_PKT_FLAG_KEY)
        try check(avcodec_send_packet(context, packet.value.raw), "take out", "a picture")
        try check(avcodec_receive_frame(context, frame.value.raw), "take out", "a picture")
        let raw = frame.value.raw.pointee
        let (width, height) = (Int(raw.width), Int(raw.height))
        guard raw.format == AV_PIX_FMT_YUVJ420P.rawValue, width.isMultiple(of: 2), height.isMultiple(of: 2) else {
            throw MediaError("take out", "a picture", code: moments_averror_invaliddata)
        }
        func plane(_ data: UnsafeMutablePointer<UInt8>?, _ stride: CInt, _ width: Int, _ height: Int) -> [UInt8] {
            guard let data else { return [] }
            return (0..<height).flatMap { Array(UnsafeBufferPointer(start: data + $0 * Int(stride), count: width)) }
        }
        return StillImage(
            width: width,
            height: height,
            luma: plane(raw.data.0, raw.linesize.0, width, height),
            cb: plane(raw.data.1, raw.linesize.1, width / 2, height / 2),
            cr: plane(raw.data.2, raw.linesize.2, width / 2, height / 2)
        )
    }
}

extension FrameColors {
    /// Nothing is known, and nothing asked.
    fileprivate static let unknown = FrameColors(primaries: "", transfer: "", matrix: "")
}
