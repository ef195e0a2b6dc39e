internal import CLibAV
internal import MomentsCore

/// Keeps sound below a true peak by looking ahead (peaks between the samples: ITU-R BS.1770-4, annex 2).
///
/// The gain follows the peaks of four times the samples, and is applied to the samples themselves: bringing limited sound
/// down to fewer samples would let it swing over again, by up to 2 dB. As many samples come out as went in. Used on one
/// thread.
public final class SoundLimiter {
    private let rate: Int
    private let channels: Int
    private let limit: Float
    /// Finer samples for each of ours.
    private let fineness: Int
    private let frame: FrameBox
    private let graph: FilterGraph
    private var envelope: GainEnvelope
    /// What has come in and not gone out.
    private var waiting: [Float] = []
    /// Finer samples that are less than one of ours.
    private var rest: [Float] = []
    private var lastPeak: Float = 0
    private var position: Int64 = 0

    /// Makes a limiter.
    ///
    /// - Parameters:
    ///   - rate: Samples per second.
    ///   - channels: Channels, interleaved.
    ///   - peak: The highest peak let through, 1 is full scale; 0.0625 to 1.
    ///   - isExact: Whether peaks between the samples count, at several times the cost; the loudness is hardly another.
    /// - Throws: `MediaError`.
    public init(rate: Int, channels: Int, peak: Double, isExact: Bool = true) throws(MediaError) {
        self.rate = rate
        self.channels = channels
        fineness = isExact ? 4 : 1
        limit = Float(min(max(peak, 0.0625), 1))
        envelope = GainEnvelope(reach: rate / 200, release: rate * 80 / 1000)
        frame = try FrameBox()
        let mask = String(SoundLayout(channels: channels).raw.u.mask, radix: 16)
        graph = try FilterGraph(
            .sound,
            form: "sample_rate=\(rate):sample_fmt=flt:channel_layout=0x\(mask):time_base=1/\(rate)",
            chain: "aresample=\(rate * fineness),aformat=sample_fmts=flt:channel_layouts=0x\(mask)"
        )
    }

    /// Sends interleaved samples in; what comes out lags behind.
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
        waiting += samples
        try graph.push(frame.value)
        return try drain()
    }

    /// Hands over the rest.
    public func finish() throws(MediaError) -> [Float] {
        try graph.finish()
        var samples = try drain()
        // Silence behind the end pushes out what the envelope still looks over.
        while !waiting.isEmpty {
            let silence = [Float](repeating: 0, count: (envelope.reach + 1) * channels * fineness)
            samples += pass(silence)
        }
        return samples
    }

    private func drain() throws(MediaError) -> [Float] {
        var samples: [Float] = []
        let raw = frame.value.raw
        while try graph.pull(into: frame.value) {
            let count = Int(raw.pointee.nb_samples) * channels
            raw.pointee.data.0?.withMemoryRebound(to: Float.self, capacity: count) { start in
                samples += pass(Array(UnsafeBufferPointer(start: start, count: count)))
            }
        }
        return samples
    }

    /// Takes finer samples, and gives those of ours whose gain is known by them.
    private func pass(_ finer: [Float]) -> [Float] {
        rest += finer
        let step = channels * fineness
        var (gains, start) = ([Float](), 0)
        gains.reserveCapacity(rest.count / step)
        while start + step <= rest.count {
            var peak: Float = 0
            for place in start..<start + step { peak = max(peak, abs(rest[place])) }
            start += step
            // What lies between two samples depends on both.
            let highest = max(peak, lastPeak)
            lastPeak = peak
            if let gain = envelope.next(highest > limit ? limit / highest : 1) { gains.append(gain) }
        }
        rest.removeFirst(start)
        let count = min(gains.count, waiting.count / channels)
        var samples = Array(waiting[..<(count * channels)])
        waiting.removeFirst(count * channels)
        for place in samples.indices { samples[place] *= gains[place / channels] }
        return samples
    }
}
