internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia

/// Takes decoded audio to the analysis: converted, cut into blocks, measured.
///
/// A class because the cutter it owns hands blocks to the meter beside it.
final class AudioFeed {
    private let converter: AudioConverter
    private let channels: Int
    private var blocks: AudioBlocks
    private var meter: MomentaryMeter
    private var analyzer = AudioAnalyzer()

    /// Makes a feed for audio of so many channels; more than two are brought down to two.
    init(channels: Int) {
        self.channels = min(2, max(1, channels))
        meter = MomentaryMeter(channels: self.channels)
        converter = AudioConverter(rate: AudioAnalyzer.rate, channels: self.channels)
        blocks = AudioBlocks(channels: self.channels)
    }

    /// Adds one decoded block.
    ///
    /// Audio that libav cannot convert is left out: a video with a broken audio track still has its frames.
    func add(_ frame: borrowing Frame, time: MediaTime) {
        guard let start = try? converter.convert(frame, time: time) else { return }
        let samples = converter.samples
        blocks.add(samples.span, time: start) { samples, time in measure(samples, time) }
    }

    /// Ends the listening.
    ///
    /// - Parameter end: When the video ends.
    /// - Returns: What was heard; nil when there was no audio.
    func finish(end: MediaTime) -> AudioCurves? {
        blocks.finish { samples, time in measure(samples, time) }
        return analyzer.finish(end: end)
    }

    private func measure(_ samples: Span<Float>, _ time: MediaTime) {
        let loudness = meter.add(samples)
        analyzer.add(samples, channels: channels, time: time, loudness: loudness)
    }
}
