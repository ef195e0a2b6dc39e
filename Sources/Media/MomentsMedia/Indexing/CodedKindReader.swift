internal import CLibAV
internal import MomentsCore

/// Reads how frames are coded from the first bytes of their packets.
///
/// Costs some microseconds a frame. Used on one thread.
final class CodedKindReader {
    private let parser: UnsafeMutablePointer<AVCodecParserContext>
    private let context: UnsafeMutablePointer<AVCodecContext>

    /// Makes a reader for a stream of `input`; nil where its packets do not say, or only after much work.
    init?(_ input: Input, stream: Int) {
        guard let raw = input.context.pointee.streams[stream], let parameters = raw.pointee.codecpar,
            Self.isRead(parameters.pointee.codec_id),
            let parser = av_parser_init(CInt(parameters.pointee.codec_id.rawValue))
        else { return nil }
        var context = avcodec_alloc_context3(nil)
        guard let made = context, avcodec_parameters_to_context(made, parameters) >= 0 else {
            avcodec_free_context(&context)
            av_parser_close(parser)
            return nil
        }
        parser.pointee.flags |= PARSER_FLAG_COMPLETE_FRAMES
        self.parser = parser
        self.context = made
    }

    deinit {
        av_parser_close(parser)
        var context: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&context)
    }

    private static func isRead(_ codec: AVCodecID) -> Bool {
        [AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_MPEG4, AV_CODEC_ID_MPEG2VIDEO].contains(codec)
    }

    /// The number of the frame read last in the order shown, as the coder counts; 0 where it does not.
    var number: Int32 { parser.pointee.output_picture_number }

    /// How the frame in `packet` is coded.
    func kind(of packet: borrowing Packet) -> CodedKind {
        var (data, size): (UnsafeMutablePointer<UInt8>?, CInt) = (nil, 0)
        let raw = packet.raw.pointee
        guard raw.size > 0 else { return .unknown }
        _ = av_parser_parse2(parser, context, &data, &size, raw.data, raw.size, raw.pts, raw.dts, raw.pos)
        return switch AVPictureType(UInt32(bitPattern: parser.pointee.pict_type)) {
        case AV_PICTURE_TYPE_I: .intra
        case AV_PICTURE_TYPE_P, AV_PICTURE_TYPE_S: .predicted
        case AV_PICTURE_TYPE_B: .bidirectional
        default: .unknown
        }
    }
}
