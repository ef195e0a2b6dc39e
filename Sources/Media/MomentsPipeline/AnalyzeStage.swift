public import MomentsAnalysis
public import MomentsCore
public import MomentsMedia

/// The second stage: one pass over pictures and sound, and what they do.
public struct AnalyzeStage: Sendable {
    /// What the stage found.
    public struct Outcome: Sendable {
        /// What the selection chooses by.
        public let signals: Signals
        /// Pictures decoded, of those the file holds: 0–1.
        public let decodedShare: Double
        /// Packets no decoder took.
        public let damagedPackets: Int
    }

    /// Decodes everything once and watches it.
    ///
    /// Costs the decoding and some 0.5 ms a picture; keeps some 10 MB for two hours.
    ///
    /// - Parameters:
    ///   - source: The video.
    ///   - name: Its name, for messages.
    ///   - interrupt: Stops the stage.
    ///   - progress: Told the share done, 0–1.
    /// - Returns: The signals.
    /// - Throws: `JobError` when the disk fails, the job is stopped, or nothing decodes.
    public static func run(
        _ source: MediaSource,
        name: FilePath,
        interrupt: Interrupt,
        progress: (Double) -> Void
    ) throws(JobError) -> Outcome {
        do { return try watch(source, name: name, interrupt: interrupt, progress: progress) } catch let error
            as MediaError
        {
            throw JobError(error, name: name, fallback: .decodeFailed)
        } catch let error as JobError { throw error } catch {
            throw JobError(.decodeFailed, "'\(name.display)' cannot be decoded.", detail: "\(error)")
        }
    }

    private static func watch(
        _ source: MediaSource,
        name: FilePath,
        interrupt: Interrupt,
        progress: (Double) -> Void
    ) throws -> Outcome {
        let reader = try MediaReader(source, tracks: .both, threads: 2, interrupt: interrupt)
        let picture = source.video.picture
        let stretch = picture.sampleAspectRatio.value
        let size = AnalysisSize(
            fitting: Int((Double(picture.width) * max(stretch, 0.05)).rounded()),
            picture.height
        )
        let scaler = PictureScaler(width: size.width, height: size.height)
        var analyzer = PictureAnalyzer(size: size, timescale: source.video.timeBase.denominator)
        var listener = SoundListener(channels: min(2, source.audio?.channels ?? 1))
        var (end, count) = (MediaTime.zero, 0)
        let whole = max(source.duration.seconds, 0.001)
        reading: while true {
            switch try reader.next() {
            case .picture(let time, let duration):
                try reader.withFrame { (frame) throws(MediaError) in try scaler.scale(frame) }
                analyzer.add(luma: scaler.luma.span, cb: scaler.cb.span, cr: scaler.cr.span, time: time)
                end = max(end, time + duration)
                count += 1
                if count % 32 == 0 { progress(min(1, time.seconds / whole)) }
            case .sound(let time):
                try reader.withFrame { (frame) throws(MediaError) in try listener.hear(frame, time: time) }
            case .ended: break reading
            }
        }
        guard var signals = analyzer.finish(end: max(end, lastEnd(source, end))) else {
            throw JobError(
                .decodeFailed,
                "Not one picture of '\(name.display)' can be decoded; copy it again, or convert it to another codec."
            )
        }
        signals.sound = listener.finish(end: signals.pictures.end)
        return Outcome(
            signals: signals,
            decodedShare: source.pictureCount > 0 ? min(1, Double(count) / Double(source.pictureCount)) : 1,
            damagedPackets: reader.refusedPackets
        )
    }

    /// The end by the index, where it names a last picture that the decoder gave no duration; never far behind it.
    private static func lastEnd(_ source: MediaSource, _ decoded: MediaTime) -> MediaTime {
        let indexed = source.duration
        let frame = source.frameRate.isPositive ? 1 / source.frameRate.value : 0.04
        return (indexed - decoded).seconds < 2 * frame ? indexed : decoded
    }
}
