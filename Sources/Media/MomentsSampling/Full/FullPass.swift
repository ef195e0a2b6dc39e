internal import Glibc
internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia

/// One pass over all frames and all audio, each decoded once.
///
/// libav's threads decode the next frames while this one analyses the last.
struct FullPass {
    let source: MediaSource
    let observers: ObserverBoard
    let interrupt: Interrupt
    let threads: Int?
    /// Whether frames are decoded as they are meant to be seen, instead of as cheaply as is no harm to others.
    let isFine: Bool

    /// Decodes and analyses.
    func run(reason: String, _ progress: (Double) -> Void) throws -> SamplingResult {
        let reader = try MediaReader(source, tracks: .both, threads: threads ?? Self.processors, interrupt: interrupt)
        if !isFine { reader.smoothing = standsAlone ? .nothing : .references }
        let size = AnalysisSize(fitting: source.video.format.width, source.video.format.height)
        let scaler = FrameScaler(width: size.width, height: size.height)
        var watcher = FrameAnalyzer(size: size, timescale: max(1, source.video.timeBase.denominator))
        let feed = source.audio.map { AudioFeed(channels: $0.channels) }
        let scalers = ObserverScalers()
        var number = 0
        let length = max(source.duration.seconds, 0.001)
        var (end, done) = (MediaTime.zero, 0.0)
        reading: while true {
            try interrupt.check("analyse")
            switch try reader.next() {
            case .ended: break reading
            case .audio(let time): reader.withFrame { frame in feed?.add(frame, time: time) }
            case .video(let time, let duration):
                try reader.withFrame { frame in
                    try scaler.scale(frame)
                    try observers.show(frame, at: time, number: number, in: .full, nil, scalers)
                }
                number += 1
                watcher.add(luma: scaler.luma.span, cb: scaler.cb.span, cr: scaler.cr.span, time: time)
                end = max(end, time + (duration > .zero ? duration : interval))
                let share = min(1, time.seconds / length)
                // A hundredth at a time is as fine as anybody sees.
                if share >= done + 0.01 {
                    done = share
                    progress(done)
                }
            }
        }
        guard var signals = watcher.finish(end: end) else { throw MediaError.nothingDecodes(nil) }
        signals.audio = feed?.finish(end: end)
        addIndex(to: &signals)
        progress(1)
        let frames = signals.frames.count
        return SamplingResult(
            signals: signals,
            framesDecoded: frames,
            decodedShare: min(1, Double(frames) / Double(max(source.frameCount, frames, 1))),
            damagedPackets: reader.refusedPackets,
            reason: reason,
            isOfAll: true,
            proxy: nil
        )
    }

    /// What only the index tells, where it says something: the choice is to be the same however much was decoded.
    private func addIndex(to signals: inout Signals) {
        let map = FrameMap(source)
        guard map.trouble == nil else { return }
        let curve = PacketSizeCurve(map.frames)
        if curve.isTelling { signals.visual.activity = curve.grid(count: signals.visual.count) }
        if map.times.count == signals.frames.count { signals.starts = map.starts }
    }

    /// Whether no frame is made of another one.
    private var standsAlone: Bool {
        !source.track.entries.isEmpty && source.track.entries.allSatisfy { $0.isKeyframe && $0.kind == .intra }
    }

    private static var processors: Int { min(4, max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))) }

    /// How long a frame is shown where the file does not say.
    private var interval: MediaTime {
        let rate = source.frameRate
        return rate.isPositive
            ? MediaTime(ticks: rate.denominator, timescale: rate.numerator) : MediaTime(ticks: 1, timescale: 25)
    }
}
