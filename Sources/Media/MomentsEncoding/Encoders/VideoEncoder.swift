internal import CLibAV
internal import MomentsCore
internal import MomentsMedia

/// Encodes frames by one of libavcodec's encoders.
///
/// Used on one thread; the encoder's own threads work behind it.
final class VideoEncoder {
    private let settings: EncoderSettings
    private let packet: PacketBox
    private var opened: UnsafeMutablePointer<AVCodecContext>?
    private var isFresh = true

    /// libavcodec's own state.
    var context: UnsafeMutablePointer<AVCodecContext> {
        guard let opened else { preconditionFailure("an encoder that cannot be opened anew is not used any more") }
        return opened
    }

    init(_ settings: EncoderSettings) throws {
        self.settings = settings
        packet = try PacketBox()
        opened = try Self.open(settings)
    }

    deinit { avcodec_free_context(&opened) }

    /// Forgets all frames, so that what follows is encoded as if nothing had been before.
    func restart() throws {
        if isFresh { return }
        // Not both at once: each holds many frames.
        avcodec_free_context(&opened)
        opened = try Self.open(settings)
        isFresh = true
    }

    /// What frames are encoded by, in words: others for whatever makes something else of them.
    var identity: [String] {
        [
            settings.encoder, "\(settings.width) \(settings.height) \(settings.pixelFormat.rawValue)",
            "\(settings.base) \(settings.frameRate) \(settings.pixelAspect) \(settings.level) \(settings.threads)",
            "\(settings.colors)", "\(avcodec_version())", FilePath.hexadecimal(headers),
        ] + settings.options.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }

    private static func open(_ settings: EncoderSettings) throws -> UnsafeMutablePointer<AVCodecContext> {
        let name = settings.encoder
        guard let codec = avcodec_find_encoder_by_name(name), let context = avcodec_alloc_context3(codec) else {
            throw MediaError("find", "the encoder \(name)", code: moments_averror(ENOENT))
        }
        context.pointee.width = CInt(settings.width)
        context.pointee.height = CInt(settings.height)
        context.pointee.pix_fmt = settings.pixelFormat
        context.pointee.time_base = settings.base.raw
        context.pointee.framerate = settings.frameRate.raw
        context.pointee.sample_aspect_ratio = settings.pixelAspect.raw
        context.pointee.thread_count = CInt(settings.threads)
        // A random access point every two seconds or so, for scrubbing; every shot starts with one of its own.
        context.pointee.gop_size = CInt(min(max((settings.frameRate.value * 2).rounded(), 12), 250))
        context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER | CInt(bitPattern: AV_CODEC_FLAG_CLOSED_GOP)
        if settings.level > 0 { context.pointee.level = settings.level }
        context.pointee.color_range = settings.colors.range
        context.pointee.colorspace = settings.colors.matrix
        context.pointee.color_primaries = settings.colors.primaries
        context.pointee.color_trc = settings.colors.transfer
        context.pointee.chroma_sample_location = settings.colors.chroma
        var options: OpaquePointer?
        defer { av_dict_free(&options) }
        for (key, value) in settings.options { av_dict_set(&options, key, value, 0) }
        av_dict_set(&options, "forced-idr", "1", 0)
        // Captions of the source would come at the wrong words.
        av_dict_set(&options, "a53cc", "0", 0)
        let result = avcodec_open2(context, codec, &options)
        if result < 0 {
            var failed: UnsafeMutablePointer<AVCodecContext>? = context
            avcodec_free_context(&failed)
            throw MediaError("open", "the encoder \(name)", code: result)
        }
        return context
    }

    /// What the encoder writes into a file's headers.
    var headers: [UInt8] {
        guard let bytes = context.pointee.extradata, context.pointee.extradata_size > 0 else { return [] }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(context.pointee.extradata_size)))
    }

    /// Encodes a frame.
    ///
    /// - Parameters:
    ///   - frame: Of the format and size agreed; its own time is replaced.
    ///   - ticks: When it is shown, on the encoder's clock; later than the one before.
    ///   - startsShot: Whether decoding must be able to start here.
    ///   - gain: How much finer it is quantised than others of its kind, in steps of H.264 (six of them halve the
    ///     error); nil for all or for none: x265 crashes where only some say so.
    ///   - consume: Takes each packet that is ready, times on the encoder's clock.
    /// - Throws: `MediaError`, or what `consume` throws.
    func encode(
        _ frame: borrowing Frame,
        at ticks: Int64,
        startsShot: Bool,
        finerBy gain: Double? = nil,
        _ consume: (borrowing Packet) throws -> Void
    ) throws {
        isFresh = false
        frame.raw.pointee.pts = ticks
        frame.raw.pointee.pict_type = startsShot ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE
        av_frame_remove_side_data(frame.raw, AV_FRAME_DATA_REGIONS_OF_INTEREST)
        if let gain { try mark(frame, finerBy: gain) }
        try check(avcodec_send_frame(context, frame.raw), "encode", "a picture")
        try drain(consume)
    }

    /// Makes all of a frame a region of interest, the only way to ask for a finer one.
    private func mark(_ frame: borrowing Frame, finerBy gain: Double) throws {
        let size = MemoryLayout<AVRegionOfInterest>.size
        guard let data = av_frame_new_side_data(frame.raw, AV_FRAME_DATA_REGIONS_OF_INTEREST, size)?.pointee.data else {
            throw MediaError("encode", "a picture", code: moments_averror(ENOMEM))
        }
        // The offset counts in 51ths, the steps of 8 bits.
        let region = AVRegionOfInterest(
            self_size: UInt32(size),
            top: 0,
            bottom: frame.raw.pointee.height,
            left: 0,
            right: frame.raw.pointee.width,
            qoffset: AVRational(num: CInt((-gain * 10).rounded()), den: 510)
        )
        UnsafeMutableRawPointer(data).storeBytes(of: region, as: AVRegionOfInterest.self)
    }

    /// Hands over the last packets.
    func finish(_ consume: (borrowing Packet) throws -> Void) throws {
        isFresh = false
        try check(avcodec_send_frame(context, nil), "encode", "the last picture")
        try drain(consume)
    }

    /// Takes out of a packet what MP4 does not keep in one.
    ///
    /// With an HDR master's light x265 repeats its headers, which stand in the file's already; AV1 marks times.
    private func leaveOutSuperfluous() throws {
        var units: [UInt8] = []
        switch context.pointee.codec_id {
        case AV_CODEC_ID_AV1: units = FrameHeader.av1Content(packet.value.bytes)
        case AV_CODEC_ID_HEVC where packet.value.isKeyframe:
            do {
                try NALUnitFraming.startCodes.forEachNALUnit(in: packet.value.bytes) { unit in
                    if (32...34).contains(unit[0] >> 1 & 63) { return }
                    units += [0, 0, 0, 1]
                    units += unit
                }
            } catch { return }
        default: return
        }
        let (shown, dts) = (packet.value.raw.pointee.pts, packet.value.raw.pointee.dts)
        let flags = packet.value.raw.pointee.flags
        try packet.value.fill(with: units, flags: flags)
        (packet.value.raw.pointee.pts, packet.value.raw.pointee.dts) = (shown, dts)
    }

    private func drain(_ consume: (borrowing Packet) throws -> Void) throws {
        while true {
            let result = avcodec_receive_packet(context, packet.value.raw)
            if result == moments_averror_again || result == moments_averror_eof { return }
            try check(result, "encode", "a picture")
            try leaveOutSuperfluous()
            try consume(packet.value)
        }
    }
}
