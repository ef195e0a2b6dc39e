internal import CLibAV
public import MomentsCore

/// Turns decoded audio of any format into interleaved floats at one rate, whatever changes in mid-stream.
public final class AudioConverter {
    /// Samples per second of each channel that come out.
    public let rate: Int
    /// Channels that come out.
    public let channels: Int
    /// The last block: interleaved, −1…1 (more where the source clips).
    public private(set) var samples: [Float] = []

    private var context: OpaquePointer?
    private var from: (format: CInt, rate: CInt, channels: CInt, mask: UInt64) = (-1, 0, 0, 0)

    /// Makes a converter to `channels` (in a reel's layout of that many) at `rate`.
    public init(rate: Int = 48_000, channels: Int) {
        self.rate = rate
        self.channels = channels
    }

    deinit { swr_free(&context) }

    /// Converts a decoded block into `samples`.
    ///
    /// - Parameters:
    ///   - frame: A frame of audio.
    ///   - time: When it starts.
    /// - Returns: When `samples` starts: what the resampler holds back comes with a later block.
    /// - Throws: `MediaError` where libav knows no way from this format.
    public func convert(_ frame: borrowing Frame, time: MediaTime) throws -> MediaTime {
        let raw = frame.raw
        try prepare(for: raw.pointee)
        let held = swr_get_delay(context, Int64(rate))
        let capacity = Int(swr_get_out_samples(context, raw.pointee.nb_samples))
        guard capacity >= 0 else { throw MediaError("convert", "sound", code: CInt(capacity)) }
        var result: CInt = 0
        samples = [Float](unsafeUninitializedCapacity: max(1, capacity * channels)) { buffer, filled in
            result = buffer.withMemoryRebound(to: UInt8.self) { bytes in
                var output = bytes.baseAddress
                let input = UnsafeMutableRawPointer(raw.pointee.extended_data)?
                    .assumingMemoryBound(to: UnsafePointer<UInt8>?.self)
                return swr_convert(context, &output, CInt(capacity), input, raw.pointee.nb_samples)
            }
            filled = max(0, Int(result)) * channels
        }
        try check(result, "convert", "sound")
        // Damage can decode to numbers that are none; they would spoil every measure behind them.
        if !Self.areFinite(samples) { samples = samples.map { $0.isFinite ? $0 : 0 } }
        return time - MediaTime(ticks: held, timescale: Int64(rate))
    }

    /// Whether all are finite: several at a time, which is quicker than one by one and to stop at the first that is
    /// not.
    private static func areFinite(_ samples: [Float]) -> Bool {
        let exponent = Float.infinity.bitPattern
        let lowest = exponent & (~exponent &+ 1)
        // The exponent of what is no finite number is all ones: one more, and the bit before it is set.
        return samples.reduce(UInt32(0)) { $0 | (($1.bitPattern & exponent) &+ lowest) } >> 31 == 0
    }

    private static func layout(_ channels: Int) -> AVChannelLayout {
        if channels <= 6 { return AudioLayout(channels: channels).raw }
        var layout = AVChannelLayout()
        av_channel_layout_default(&layout, CInt(channels))
        return layout
    }

    private func prepare(for frame: AVFrame) throws {
        let mask = frame.ch_layout.order == AV_CHANNEL_ORDER_NATIVE ? frame.ch_layout.u.mask : 0
        let now = (frame.format, frame.sample_rate, frame.ch_layout.nb_channels, mask)
        guard context == nil || from != now else { return }
        swr_free(&context)
        var output = Self.layout(channels)
        var input = frame.ch_layout
        // A layout nobody named is taken for the usual one of that many channels.
        if mask == 0 { av_channel_layout_default(&input, frame.ch_layout.nb_channels) }
        let format = AVSampleFormat(frame.format)
        var result = swr_alloc_set_opts2(
            &context,
            &output,
            AV_SAMPLE_FMT_FLT,
            CInt(rate),
            &input,
            format,
            frame.sample_rate,
            0,
            nil
        )
        if result >= 0 { result = swr_init(context) }
        guard result >= 0 else {
            swr_free(&context)
            throw MediaError("convert", "sound", code: result)
        }
        from = now
    }
}
