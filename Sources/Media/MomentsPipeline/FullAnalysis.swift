internal import Glibc
internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia

/// One pass over all pictures and all sound, each decoded once.
///
/// libav's threads decode the next pictures while this one analyses the last.
struct FullAnalysis {
    let source: MediaSource
    let name: FilePath
    let interrupt: Interrupt
    let threads: Int?

    /// Decodes and analyses.
    func run(reason: String, _ progress: (Double) -> Void) throws -> AnalyzeStage.Outcome {
        let reader = try MediaReader(source, tracks: .both, threads: threads ?? Self.processors, interrupt: interrupt)
        let size = AnalysisSize(fitting: source.video.picture.width, source.video.picture.height)
        let scaler = PictureScaler(width: size.width, height: size.height)
        var watcher = PictureAnalyzer(size: size, timescale: max(1, source.video.timeBase.denominator))
        let listener = source.audio.map { Listener(channels: $0.channels) }
        let length = max(source.duration.seconds, 0.001)
        var (end, done) = (MediaTime.zero, 0.0)
        reading: while true {
            try interrupt.check("analyse")
            switch try reader.next() {
            case .ended: break reading
            case .sound(let time): reader.withFrame { frame in listener?.add(frame, time: time) }
            case .picture(let time, let duration):
                try reader.withFrame { frame throws in try scaler.scale(frame) }
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
        guard var signals = watcher.finish(end: end) else {
            throw JobError(
                .decodeFailed,
                "Not one picture of '\(name.display)' could be decoded; copy the file again from where it came."
            )
        }
        signals.sound = listener?.finish(end: end)
        addIndex(to: &signals)
        progress(1)
        let pictures = signals.pictures.count
        return AnalyzeStage.Outcome(
            signals: signals,
            picturesDecoded: pictures,
            decodedShare: min(1, Double(pictures) / Double(max(source.pictureCount, pictures, 1))),
            damagedPackets: reader.refusedPackets,
            reason: reason,
            isOfAll: true
        )
    }

    /// What only the index tells, where it says something: the choice is to be the same however much was decoded.
    private func addIndex(to signals: inout Signals) {
        let map = PictureMap(source)
        guard map.trouble == nil else { return }
        let curve = SizeCurve(map.pictures)
        if curve.isTelling { signals.visual.activity = curve.grid(count: signals.visual.count) }
        if map.times.count == signals.pictures.count { signals.starts = map.starts }
    }

    private static var processors: Int { min(4, max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))) }

    /// How long a picture is shown where the file does not say.
    private var interval: MediaTime {
        let rate = source.frameRate
        return rate.isPositive
            ? MediaTime(ticks: rate.denominator, timescale: rate.numerator) : MediaTime(ticks: 1, timescale: 25)
    }
}
