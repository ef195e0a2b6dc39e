internal import CLibAV
internal import MomentsCore
internal import MomentsMedia

/// What a file's headers say of its frames.
final class VideoTrack {
    /// The codec and its headers, size and colours.
    let parameters: UnsafeMutablePointer<AVCodecParameters>
    /// Seconds per tick of its packets' clock.
    let base: Rational
    let frameRate: Rational
    /// What applies to all frames, such as how they are turned.
    let sideData: [(kind: AVPacketSideDataType, bytes: [UInt8])]

    /// Describes what an encoder gives, and the light it is made for.
    init(_ encoder: VideoEncoder, _ light: MasteringLight? = nil) throws {
        parameters = try Self.make()
        base = Rational(encoder.context.pointee.time_base)
        frameRate = Rational(encoder.context.pointee.framerate)
        sideData = light?.sideData ?? []
        try check(avcodec_parameters_from_context(parameters, encoder.context), "describe", "the pictures")
        tagH265()
    }

    /// Describes a stream whose frames are taken over, with other headers for its codec.
    init(
        copying stream: UnsafePointer<AVStream>,
        headers: [UInt8],
        base: Rational
    ) throws {
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
        tagH265()
    }

    /// Players of one maker know H.265 only by the name that says: all parameter sets stand in front.
    private func tagH265() {
        parameters.pointee.codec_tag = parameters.pointee.codec_id == AV_CODEC_ID_HEVC ? Self.hvc1 : 0
    }

    deinit {
        var parameters: UnsafeMutablePointer<AVCodecParameters>? = parameters
        avcodec_parameters_free(&parameters)
    }

    private static func make() throws -> UnsafeMutablePointer<AVCodecParameters> {
        guard let made = avcodec_parameters_alloc() else {
            throw MediaError("describe", "the pictures", code: moments_averror(ENOMEM))
        }
        return made
    }

    /// "hvc1", the first letter in the lowest byte.
    private static let hvc1: UInt32 = 0x3163_7668
}
