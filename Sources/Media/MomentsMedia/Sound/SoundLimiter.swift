internal import CLibAV
internal import MomentsCore

/// Keeps sound below a peak by looking ahead (libavfilter's `alimiter` on four times the samples).
///
/// As many samples come out as went in, at their own times. Used on one thread.
public final class SoundLimiter {
    private let rate: Int
    private let channels: Int
    private let frame: FrameBox
    private let graph: FilterGraph
    private var position: Int64 = 0
    private var given = 0
    private var taken = 0

    /// Makes a limiter.
    ///
    /// - Parameters:
    ///   - rate: Samples per second.
    ///   - channels: Channels, interleaved.
    ///   - peak: The highest peak let through, 1 is full scale; 0.0625 to 1.
    /// - Throws: `MediaError`.
    public init(rate: Int, channels: Int, peak: Double) throws(MediaError) {
        self.rate = rate
        self.channels = channels
        frame = try FrameBox()
        let mask = String(SoundLayout(channels: channels).raw.u.mask, radix: 16)
        let limit = min(max(peak, 0.0625), 1)
        graph = try FilterGraph(
            .sound,
            form: "sample_rate=\(rate):sample_fmt=flt:channel_layout=0x\(mask):time_base=1/\(rate)",
            chain: "aresample=\(rate * 4),alimiter=limit=\(limit):attack=5:release=80:level=false:latency=true,"
                + "aresample=\(rate),aformat=sample_fmts=flt:channel_layouts=0x\(mask)"
        )
    }

    /// Sends interleaved samples in; what comes out may lag behind.
    public func process(_ samples: [Float]) throws(MediaError) -> [Float] {
        guard !samples.isEmpty else { return [] }
        let raw = frame.value.raw
        av_frame_unref(raw)
        raw.pointee.format = AV_SAMPLE_FMT_FLT.rawValue
        raw.pointee.sample_rate = CInt(rate)
        raw.pointee.nb_samples = CInt(samples.count / channels)
        raw.pointee.ch_layout = SoundLayout(channels: channels).raw
        try check(av_frame_get_buffer(raw, 0), "limit", "sound")
        raw.pointee.data.0?.withMemoryRebound(to: Float.self, capacity: samples.count) { target in
            samples.withUnsafeBufferPointer { source in
                guard let start = source.baseAddress else { return }
                target.update(from: start, count: samples.count)
            }
        }
        raw.pointee.pts = position
        position += Int64(samples.count / channels)
        given += samples.count
        try graph.push(frame.value)
        return try drain()
    }

    /// Hands over the rest, cut or filled to exactly what went in.
    public func finish() throws(MediaError) -> [Float] {
        try graph.finish()
        let before = taken
        var rest = try drain()
        let wanted = max(0, given - before)
        if rest.count > wanted { rest.removeLast(rest.count - wanted) }
        return rest + [Float](repeating: 0, count: wanted - rest.count)
    }

    private func drain() throws(MediaError) -> [Float] {
        var samples: [Float] = []
        let raw = frame.value.raw
        while try graph.pull(into: frame.value) {
            let count = Int(raw.pointee.nb_samples) * channels
            raw.pointee.data.0?.withMemoryRebound(to: Float.self, capacity: count) { start in
                samples += UnsafeBufferPointer(start: start, count: count)
            }
        }
        // Never more than went in: the resampler's last samples are silence behind the end.
        if taken + samples.count > given { samples.removeLast(taken + samples.count - given) }
        taken += samples.count
        return samples
    }
}
