internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia

/// Takes decoded sound to the analysis: converted, cut into blocks, measured.
///
/// A class because the meter it owns cannot be copied.
final class Listener {
    private let converter: SoundConverter
    private let channels: Int
    private var blocks: SoundBlocks
    private var meter: MomentaryMeter
    private var analyzer = SoundAnalyzer()

    /// Makes a listener for sound brought to `channels` channels; nil where no meter can be had.
    init?(channels: Int) {
        guard let meter = MomentaryMeter(channels: channels) else { return nil }
        self.meter = meter
        self.channels = channels
        converter = SoundConverter(rate: SoundAnalyzer.rate, channels: channels)
        blocks = SoundBlocks(channels: channels)
    }

    /// Adds one decoded block.
    ///
    /// Sound that libav cannot convert is left out: a video with a broken sound track still has its pictures.
    func add(_ frame: borrowing Frame, time: MediaTime) {
        guard let start = try? converter.convert(frame, time: time) else { return }
        let samples = converter.samples
        blocks.add(samples.span, time: start) { samples, time in hear(samples, time) }
    }

    /// Ends the listening.
    ///
    /// - Parameter end: When the video ends.
    /// - Returns: What was heard; nil when there was no sound.
    func finish(end: MediaTime) -> SoundCurves? {
        blocks.finish { samples, time in hear(samples, time) }
        return analyzer.finish(end: end)
    }

    private func hear(_ samples: Span<Float>, _ time: MediaTime) {
        let loudness = meter.add(samples)
        analyzer.add(samples, channels: channels, time: time, loudness: loudness)
    }
}
