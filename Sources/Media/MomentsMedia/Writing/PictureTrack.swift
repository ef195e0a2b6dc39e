internal import CLibAV
internal import MomentsCore

/// What a file's headers say of its pictures.
final class PictureTrack {
    /// The codec and its headers, size and colours.
    let parameters: UnsafeMutablePointer<AVCodecParameters>
    /// Seconds per tick of its packets' clock.
    let base: Rational
    let frameRate: Rational
    /// What applies to all pictures, such as how they are turned.
    let sideData: [(kind: AVPacketSideDataType, bytes: [UInt8])]

    /// Describes what an encoder gives.
    init(_ encoder: VideoEncoder) throws(MediaError) {
        parameters = try Self.make()
        base = Rational(encoder.context.pointee.time_base)
        frameRate = Rational(encoder.context.pointee.framerate)
        sideData = []
        try check(avcodec_parameters_from_context(parameters, encoder.context), "describe", "the pictures")
    }

    /// Describes a stream whose pictures are taken over, with other headers for its codec.
    init(
        copying stream: UnsafePointer<AVStream>,
        headers: [UInt8],
        base: Rational
    ) throws(MediaError) {
        parameters = try Self.make()
        self.base = base
        frameRate = Rational(stream.pointee.avg_frame_rate)
        sideData = (0..<Int(stream.pointee.nb_side_data)).map { index in
            let data = stream.pointee.side_data[index]
            return (data.type, Array(UnsafeBufferPointer(start: data.data, count: data.size)))
        }
        try check(avcodec_parameters_copy(parameters, stream.pointee.codecpar), "describe", "the pictures")
        if stream.pointee.sample_aspect_ratio.num > 0 {
            parameters.pointee.sample_aspect_ratio = stream.pointee.sample_aspect_ratio
        }
        av_freep(&parameters.pointee.extradata)
        let padding = Int(AV_INPUT_BUFFER_PADDING_SIZE)
        guard let copy = av_mallocz(headers.count + padding) else {
            throw MediaError("describe", "the pictures", code: moments_averror(ENOMEM))
        }
        copy.copyMemory(from: headers, byteCount: headers.count)
        parameters.pointee.extradata = copy.assumingMemoryBound(to: UInt8.self)
        parameters.pointee.extradata_size = CInt(headers.count)
        // Players of one maker know H.265 only by the name that says: all parameter sets stand in front.
        parameters.pointee.codec_tag = parameters.pointee.codec_id == AV_CODEC_ID_HEVC ? Self.hvc1 : 0
    }

    /// What a stream's headers say of the light its HDR master was made for, as parameters of x265; empty for nothing.
    static func light(of stream: UnsafePointer<AVStream>) -> String {
        var text = ""
        for index in 0..<Int(stream.pointee.nb_side_data) {
            guard let data = stream.pointee.side_data[index].data else { continue }
            switch stream.pointee.side_data[index].type {
            case AV_PKT_DATA_MASTERING_DISPLAY_METADATA:
                let master = data.withMemoryRebound(to: AVMasteringDisplayMetadata.self, capacity: 1) { $0.pointee }
                guard master.has_primaries != 0, master.has_luminance != 0 else { continue }
                func pair(_ x: AVRational, _ y: AVRational) -> String {
                    "(\(Int(av_q2d(x) * 50_000 + 0.5)),\(Int(av_q2d(y) * 50_000 + 0.5)))"
                }
                let (red, green, blue) = master.display_primaries
                text += ":master-display=G\(pair(green.0, green.1))B\(pair(blue.0, blue.1))R\(pair(red.0, red.1))"
                text += "WP\(pair(master.white_point.0, master.white_point.1))"
                text += "L(\(Int(av_q2d(master.max_luminance) * 10_000)),\(Int(av_q2d(master.min_luminance) * 10_000)))"
            case AV_PKT_DATA_CONTENT_LIGHT_LEVEL:
                let level = data.withMemoryRebound(to: AVContentLightMetadata.self, capacity: 1) { $0.pointee }
                text += ":max-cll=\(level.MaxCLL),\(level.MaxFALL)"
            default: break
            }
        }
        return text
    }

    deinit {
        var parameters: UnsafeMutablePointer<AVCodecParameters>? = parameters
        avcodec_parameters_free(&parameters)
    }

    private static func make() throws(MediaError) -> UnsafeMutablePointer<AVCodecParameters> {
        guard let made = avcodec_parameters_alloc() else {
            throw MediaError("describe", "the pictures", code: moments_averror(ENOMEM))
        }
        return made
    }

    /// "hvc1", the first letter in the lowest byte.
    private static let hvc1: UInt32 = 0x3163_7668
}
