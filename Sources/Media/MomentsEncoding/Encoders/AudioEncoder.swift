internal import CLibAV
internal import MomentsCore
internal import MomentsMedia

/// Encodes interleaved floats as AAC.
///
/// May be made on one thread and used on another, but never on two at once.
public final class AudioEncoder: @unchecked Sendable {
    // Unchecked: its one owner hands it whole to the thread that encodes, and only reads what never changes from then on.
    let context: UnsafeMutablePointer<AVCodecContext>
    let rate: Int
    let channels: Int
    private let frame: FrameBox
    private var waiting: [Float] = []
    private var encoded: Int64 = 0

    /// Makes an encoder for so many samples a second of 1 to 6 channels.
    public init(rate: Int, channels: Int) throws {
        self.rate = rate
        self.channels = channels
        frame = try FrameBox()
        context = try Self.open(rate: rate, channels: channels)
    }

    deinit {
        var context: UnsafeMutablePointer<AVCodecContext>? = context
        avcodec_free_context(&context)
    }

    private static func open(rate: Int, channels: Int) throws -> UnsafeMutablePointer<AVCodecContext> {
        guard let codec = avcodec_find_encoder(AV_CODEC_ID_AAC), let context = avcodec_alloc_context3(codec) else {
            throw MediaError("find", "the AAC encoder", code: moments_averror(ENOENT))
        }
        context.pointee.sample_fmt = AV_SAMPLE_FMT_FLTP
        context.pointee.sample_rate = CInt(rate)
        context.pointee.time_base = AVRational(num: 1, den: CInt(rate))
        context.pointee.bit_rate = Int64(min(128_000 * max(1, channels), 512_000))
        context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
        context.pointee.ch_layout = AudioLayout(channels: channels).raw
        var options: OpaquePointer?
        defer { av_dict_free(&options) }
        // The slower search gains little at this rate; the shaping of noise in time turns some onsets into bangs.
        av_dict_set(&options, "aac_coder", "fast", 0)
        av_dict_set(&options, "aac_tns", "0", 0)
        let result = avcodec_open2(context, codec, &options)
        if result < 0 {
            var failed: UnsafeMutablePointer<AVCodecContext>? = context
            avcodec_free_context(&failed)
            throw MediaError("open", "the AAC encoder", code: result)
        }
        return context
    }

    /// Encodes the samples that follow on the ones before.
    ///
    /// - Returns: The packets that are ready.
    /// - Throws: `MediaError`.
    public func encode(_ samples: [Float]) throws -> [EncodedAudio] {
        waiting += samples
        var packets: [EncodedAudio] = []
        let block = Int(context.pointee.frame_size) * channels
        var start = 0
        while waiting.count - start >= block {
            try send(waiting[start..<start + block], &packets)
            start += block
        }
        waiting.removeFirst(start)
        return packets
    }

    /// Encodes what is left.
    ///
    /// - Returns: The last packets.
    /// - Throws: `MediaError`.
    public func finish() throws -> [EncodedAudio] {
        var packets: [EncodedAudio] = []
        if !waiting.isEmpty { try send(waiting[...], &packets) }
        waiting = []
        try check(avcodec_send_frame(context, nil), "encode", "the last sound")
        try drain(&packets)
        return packets
    }

    private func send(
        _ samples: ArraySlice<Float>,
        _ packets: inout [EncodedAudio]
    ) throws {
        let raw = frame.value.raw
        av_frame_unref(raw)
        raw.pointee.format = AV_SAMPLE_FMT_FLTP.rawValue
        raw.pointee.sample_rate = CInt(rate)
        raw.pointee.nb_samples = CInt(samples.count / channels)
        raw.pointee.ch_layout = AudioLayout(channels: channels).raw
        try check(av_frame_get_buffer(raw, 0), "encode", "sound")
        let (count, channels) = (samples.count / channels, channels)
        samples.withUnsafeBufferPointer { source in
            for channel in 0..<channels {
                guard let plane = raw.pointee.extended_data[channel] else { continue }
                plane.withMemoryRebound(to: Float.self, capacity: count) { target in
                    for index in 0..<count { target[index] = source[index * channels + channel] }
                }
            }
        }
        raw.pointee.pts = encoded
        encoded += Int64(count)
        try check(avcodec_send_frame(context, raw), "encode", "sound")
        try drain(&packets)
    }

    private func drain(_ packets: inout [EncodedAudio]) throws {
        while true {
            let encoded = try EncodedAudio()
            let result = avcodec_receive_packet(context, encoded.packet.raw)
            if result == moments_averror_again || result == moments_averror_eof { return }
            try check(result, "encode", "sound")
            packets.append(encoded)
        }
    }
}
