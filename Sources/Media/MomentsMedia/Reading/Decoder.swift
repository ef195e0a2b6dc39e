internal import CLibAV
internal import MomentsCore

/// Turns a stream's packets into frames or audio.
///
/// Used on one thread; libav's own threads work behind it.
final class Decoder {
    /// What came of asking for a frame.
    enum Step {
        case frame
        case needsPacket
        /// Something was lost; ask again.
        case damaged
        case ended
    }

    private let context: UnsafeMutablePointer<AVCodecContext>
    private let subject: String
    /// Packets the decoder refused so far.
    private(set) var refusedPackets = 0

    /// Which frames have their blocks' edges smoothed.
    var smoothing = EdgeSmoothing.everything {
        didSet {
            context.pointee.skip_loop_filter =
                switch smoothing {
                case .everything: AVDISCARD_DEFAULT
                case .references: AVDISCARD_NONREF
                case .nothing: AVDISCARD_ALL
                }
        }
    }

    /// Whether frames to which no other refers are passed over.
    var skipsUnneeded = false {
        didSet { context.pointee.skip_frame = skipsUnneeded ? AVDISCARD_NONREF : AVDISCARD_DEFAULT }
    }

    /// The largest frame decoded, in pixels: 8192 × 8192, which holds 8K and bounds memory.
    static let largestFrame: Int64 = 8192 * 8192

    /// Makes a decoder.
    ///
    /// - Parameters:
    ///   - input: The open file.
    ///   - stream: One of its streams.
    ///   - threads: How many threads decode frames.
    ///   - isShared: Whether the threads only share single frames, where those are coded in parts: none is held more.
    ///   - isRough: Whether frames need only be good enough to be analysed: edges of blocks are left unsmoothed.
    /// - Throws: `MediaError` where there is no decoder, or it refuses.
    init(
        _ input: Input,
        stream: StreamDescription,
        threads: Int,
        isShared: Bool = false,
        isRough: Bool = false
    ) throws {
        subject = "\(stream.codec) \(stream.kind.rawValue)"
        guard let raw = input.context.pointee.streams[stream.index],
            let codec = avcodec_find_decoder(raw.pointee.codecpar.pointee.codec_id)
        else { throw MediaError("find a decoder for", subject, code: moments_averror_decoder_not_found) }
        context = try Self.open(codec, raw.pointee, stream.timeBase, threads: threads, isShared, subject: subject)
        if isRough {
            context.pointee.skip_loop_filter = AVDISCARD_ALL
            // A frame coded from itself alone is whole, even where nothing before it was decoded.
            context.pointee.flags |= AV_CODEC_FLAG_OUTPUT_CORRUPT
        }
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&context)
    }

    private static func open(
        _ codec: UnsafePointer<AVCodec>,
        _ stream: AVStream,
        _ base: Rational,
        threads: Int,
        _ isShared: Bool,
        subject: String
    ) throws -> UnsafeMutablePointer<AVCodecContext> {
        var context = avcodec_alloc_context3(codec)
        guard let opened = context else { throw MediaError("open", subject, code: moments_averror(ENOMEM)) }
        opened.pointee.thread_count = CInt(threads)
        if isShared { opened.pointee.thread_type = FF_THREAD_SLICE }
        opened.pointee.max_pixels = largestFrame
        opened.pointee.pkt_timebase = base.raw
        var result = avcodec_parameters_to_context(opened, stream.codecpar)
        if result >= 0 { result = avcodec_open2(opened, codec, nil) }
        if result < 0 {
            avcodec_free_context(&context)
            throw MediaError("open a decoder for", subject, code: result)
        }
        return opened
    }

    /// Hands over a packet; one the decoder refuses as damaged is counted and passed over.
    func send(_ packet: borrowing Packet) throws {
        try accept(avcodec_send_packet(context, packet.raw))
    }

    /// Tells that no packet follows, so that the last frames come out.
    func finish() throws {
        try accept(avcodec_send_packet(context, nil))
    }

    /// Takes the next frame, if one is ready.
    func receive(into frame: borrowing Frame) throws -> Step {
        let result = avcodec_receive_frame(context, frame.raw)
        if result >= 0 { return .frame }
        if result == moments_averror_again { return .needsPacket }
        if result == moments_averror_eof { return .ended }
        if result == moments_averror(ENOMEM) { throw MediaError("decode", subject, code: result) }
        refusedPackets += 1
        return .damaged
    }

    /// Forgets everything: after a seek.
    func flush() { avcodec_flush_buffers(context) }

    private func accept(_ result: CInt) throws {
        if result >= 0 || result == moments_averror_eof { return }
        if result == moments_averror(ENOMEM) { throw MediaError("decode", subject, code: result) }
        refusedPackets += 1
    }
}
