internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia

/// Takes decoded sound to the analysis: converted, cut into blocks, measured.
///
/// A class because the cutter it owns hands blocks to the meter beside it.
final class Listener {
    private let converter: SoundConverter
    private let channels: Int
    private var blocks: SoundBlocks
    private var meter: MomentaryMeter
    private var analyzer = SoundAnalyzer()

    /// Makes a listener for sound of so many channels; more than two are brought down to two.
    init(channels: Int) {
        self.channels = min(2, max(1, channels))
        meter = MomentaryMeter(channels: self.channels)
        converter = SoundConverter(rate: SoundAnalyzer.rate, channels: self.channels)
        blocks = SoundBlocks(channels: self.channels)
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
