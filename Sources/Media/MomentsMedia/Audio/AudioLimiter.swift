internal import CLibAV
internal import MomentsCore

/// Keeps audio below a true peak by looking ahead (peaks between the samples: ITU-R BS.1770-4, annex 2).
///
/// The gain follows the peaks of four times the samples, and is applied to the samples themselves: bringing limited
/// audio down to fewer samples would let it swing over again, by up to 2 dB. As many samples come out as went in. Used
/// on one thread.
public final class AudioLimiter {
    private let rate: Int
    private let channels: Int
    private let limit: Float
    /// Finer samples for each of ours.
    private let fineness: Int
    private let frame: FrameBox
    /// Makes finer samples; nil where none are wanted.
    private let graph: FilterGraph?
    private var envelope: GainEnvelope
    /// What has come in and not gone out.
    private var waiting: [Float] = []
    /// Finer samples that are less than one of ours: how many, and the highest of them.
    private var begun: (count: Int, peak: Float) = (0, 0)
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
    public init(rate: Int, channels: Int, peak: Double, isExact: Bool = true) throws {
        self.rate = rate
        self.channels = channels
        fineness = isExact ? 4 : 1
        limit = Float(min(max(peak, 0.0625), 1))
        envelope = GainEnvelope(reach: rate / 200, release: rate * 80 / 1000)
        frame = try FrameBox()
        graph = isExact ? try Self.refiner(rate: rate, channels: channels, fineness: fineness) : nil
    }

    private static func refiner(rate: Int, channels: Int, fineness: Int) throws -> FilterGraph {
        let mask = String(AudioLayout(channels: channels).raw.u.mask, radix: 16)
        return try FilterGraph(
            .audio,
            form: "sample_rate=\(rate):sample_fmt=flt:channel_layout=0x\(mask):time_base=1/\(rate)",
            chain: "aresample=\(rate * fineness),aformat=sample_fmts=flt:channel_layouts=0x\(mask)"
        )
    }

    /// Sends interleaved samples in; what comes out lags behind.
    public func process(_ samples: [Float]) throws -> [Float] {
        guard !samples.isEmpty else { return [] }
        waiting += samples
        guard let graph else { return samples.withUnsafeBufferPointer { pass($0) } }
        let raw = frame.value.raw
        av_frame_unref(raw)
        raw.pointee.format = AV_SAMPLE_FMT_FLT.rawValue
        raw.pointee.sample_rate = CInt(rate)
        raw.pointee.nb_samples = CInt(samples.count / channels)
        raw.pointee.ch_layout = AudioLayout(channels: channels).raw
        try check(av_frame_get_buffer(raw, 0), "limit", "sound")
        raw.pointee.data.0?.withMemoryRebound(to: Float.self, capacity: samples.count) { target in
            samples.withUnsafeBufferPointer { source in
                guard let start = source.baseAddress else { return }
                target.update(from: start, count: samples.count)
            }
        }
        raw.pointee.pts = position
        position += Int64(samples.count / channels)
        try graph.push(frame.value)
        return try drain(graph)
    }

    /// Hands over the rest.
    public func finish() throws -> [Float] {
        var samples: [Float] = []
        if let graph {
            try graph.finish()
            samples = try drain(graph)
        }
        // Silence behind the end pushes out what the envelope still looks over.
        let silence = [Float](repeating: 0, count: (envelope.reach + 1) * channels * fineness)
        while !waiting.isEmpty { samples += silence.withUnsafeBufferPointer { pass($0) } }
        return samples
    }

    private func drain(_ graph: FilterGraph) throws -> [Float] {
        var samples: [Float] = []
        let raw = frame.value.raw
        while try graph.pull(into: frame.value) {
            let count = Int(raw.pointee.nb_samples) * channels
            raw.pointee.data.0?.withMemoryRebound(to: Float.self, capacity: count) { start in
                samples += pass(UnsafeBufferPointer(start: start, count: count))
            }
        }
        return samples
    }

    /// Takes finer samples, and gives those of ours whose gain is known by them.
    private func pass(_ finer: UnsafeBufferPointer<Float>) -> [Float] {
        let step = channels * fineness
        let gains = [Float](unsafeUninitializedCapacity: (begun.count + finer.count) / step) { buffer, filled in
            filled = envelope.follow(UnsafeMutableBufferPointer(rebasing: buffer[..<allow(finer, step, buffer)]))
        }
        let count = min(gains.count, waiting.count / channels)
        var samples = Array(waiting[..<(count * channels)])
        waiting.removeFirst(count * channels)
        var place = 0
        for gain in gains[..<count] {
            for channel in place..<place + channels { samples[channel] *= gain }
            place += channels
        }
        return samples
    }

    /// How much each of our samples may be let through, by the finer ones in and beside it.
    ///
    /// - Returns: How many of ours are complete.
    private func allow(
        _ finer: UnsafeBufferPointer<Float>,
        _ step: Int,
        _ allowed: UnsafeMutableBufferPointer<Float>
    ) -> Int {
        var (begun, lastPeak) = (begun, lastPeak)
        let limit = limit
        var (start, made) = (0, 0)
        while true {
            let rest = min(finer.count, start + step - begun.count)
            var peak = begun.peak
            for place in start..<rest { peak = max(peak, abs(finer[place])) }
            begun = (begun.count + rest - start, peak)
            if begun.count < step { break }
            begun = (0, 0)
            start = rest
            // What lies between two samples depends on both.
            let highest = max(peak, lastPeak)
            lastPeak = peak
            allowed[made] = highest > limit ? limit / highest : 1
            made += 1
        }
        (self.begun, self.lastPeak) = (begun, lastPeak)
        return made
    }
}
