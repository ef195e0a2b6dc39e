internal import Glibc
public import MomentsAnalysis
public import MomentsCore
public import MomentsMedia

/// The second stage: one pass over all pictures and all sound, each decoded once.
public struct AnalyzeStage: Sendable {
    /// What the stage found.
    public struct Outcome: Hashable, Codable, Sendable {
        /// What the selection chooses by.
        public let signals: Signals
        /// Pictures decoded.
        public let picturesDecoded: Int
        /// Share of the video's pictures that were decoded: 0…1.
        public let decodedShare: Double
        /// Packets the decoders refused.
        public let damagedPackets: Int

        /// When the last picture has been shown.
        public var end: MediaTime { signals.pictures.end }

        private enum CodingKeys: String, CodingKey {
            case signals
            case picturesDecoded = "pictures_decoded"
            case decodedShare = "decoded_share"
            case damagedPackets = "damaged_packets"
        }
    }

    /// Decodes and analyses.
    ///
    /// libav's threads decode the next pictures while this one analyses the last. Memory stays flat: some 10 MB of
    /// findings for two hours, beside the decoder's own pictures.
    ///
    /// - Parameters:
    ///   - source: The video.
    ///   - name: Its name, for messages.
    ///   - interrupt: Stops the stage at the next packet.
    ///   - threads: Threads that decode; nil for as many as there are processors, at most four.
    ///   - progress: Told the share done, 0–1, rising.
    /// - Returns: The findings.
    /// - Throws: `JobError` when not one picture can be decoded, or the work was stopped.
    public static func run(
        _ source: MediaSource,
        name: FilePath,
        interrupt: Interrupt,
        threads: Int? = nil,
        progress: (Double) -> Void
    ) throws(JobError) -> Outcome {
        do {
            return try analyze(source, name, interrupt, threads ?? processors, progress)
        } catch let error as MediaError {
            throw JobError(error, name: name, fallback: .decodeFailed)
        } catch let error as JobError { throw error } catch {
            throw JobError(.decodeFailed, "'\(name.display)' could not be analysed.", detail: "\(error)")
        }
    }

    private static var processors: Int { min(4, max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))) }

    private static func analyze(
        _ source: MediaSource,
        _ name: FilePath,
        _ interrupt: Interrupt,
        _ threads: Int,
        _ progress: (Double) -> Void
    ) throws -> Outcome {
        let reader = try MediaReader(source, tracks: .both, threads: threads, interrupt: interrupt)
        let size = AnalysisSize(fitting: source.video.picture.width, source.video.picture.height)
        let scaler = PictureScaler(width: size.width, height: size.height)
        var watcher = PictureAnalyzer(size: size, timescale: max(1, source.video.timeBase.denominator))
        let listener = source.audio.flatMap { Listener(channels: min(2, max(1, $0.channels))) }
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
                end = max(end, time + (duration > .zero ? duration : interval(source)))
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
        progress(1)
        let pictures = signals.pictures.count
        return Outcome(
            signals: signals,
            picturesDecoded: pictures,
            decodedShare: min(1, Double(pictures) / Double(max(source.pictureCount, pictures, 1))),
            damagedPackets: reader.refusedPackets
        )
    }

    /// How long a picture is shown where the file does not say.
    private static func interval(_ source: MediaSource) -> MediaTime {
        let rate = source.frameRate
        return rate.isPositive
            ? MediaTime(ticks: rate.denominator, timescale: rate.numerator) : MediaTime(ticks: 1, timescale: 25)
    }
}
