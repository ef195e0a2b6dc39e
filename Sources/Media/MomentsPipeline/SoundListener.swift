internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia

/// Cuts decoded sound into the regular blocks the analysis hears, with silence where there is none.
struct SoundListener: ~Copyable {
    private let converter: SoundConverter
    private let channels: Int
    private var meter: LoudnessMeter?
    private var analyzer = SoundAnalyzer()
    /// Samples waiting for a block to be full, interleaved.
    private var waiting: [Float] = []
    /// The sample of each channel, from the video's start, at which `waiting` begins.
    private var start = 0

    /// A gap this long is silence to the meter too, in samples; filling hours one by one would only cost time.
    private static let longestGap = 4 * SoundAnalyzer.rate

    init(channels: Int) {
        self.channels = channels
        converter = SoundConverter(rate: SoundAnalyzer.rate, channels: channels)
        meter = LoudnessMeter(channels: channels)
    }

    mutating func hear(_ frame: borrowing Frame, time: MediaTime) throws(MediaError) {
        let begin = try converter.convert(frame, time: time)
        let place = Int(begin.timestamp(in: Rational(1, Int64(SoundAnalyzer.rate))))
        var samples = converter.samples[...]
        let next = start + waiting.count / channels
        let gap = place - next
        if gap > Self.slip {
            if gap > Self.longestGap {
                // The blocks in between stay empty, which the analysis takes for silence.
                waiting = []
                start = place / SoundAnalyzer.block * SoundAnalyzer.block
                waiting = [Float](repeating: 0, count: (place - start) * channels)
            } else {
                waiting += [Float](repeating: 0, count: gap * channels)
            }
        } else if gap < -Self.slip {
            samples = samples.dropFirst(-gap * channels)
        }
        waiting += samples
        flush()
    }

    private mutating func flush() {
        let size = SoundAnalyzer.block * channels
        var used = 0
        while waiting.count - used >= size {
            add(Array(waiting[used..<used + size]))
            used += size
        }
        waiting.removeFirst(used)
    }

    private mutating func add(_ block: [Float]) {
        // Damage can decode to numbers that are none; they would spoil every measure behind them.
        let clean = block.allSatisfy(\.isFinite) ? block : block.map { $0.isFinite ? $0 : 0 }
        meter?.add(clean.span)
        analyzer.add(
            clean.span,
            channels: channels,
            time: MediaTime(ticks: Int64(start), timescale: Int64(SoundAnalyzer.rate)),
            loudness: meter?.momentary ?? -.infinity
        )
        start += SoundAnalyzer.block
    }

    consuming func finish(end: MediaTime) -> SoundCurves? {
        if !waiting.isEmpty { add(waiting) }
        return analyzer.finish(end: end)
    }

    /// Two milliseconds: what containers round timestamps of sound by.
    private static let slip = SoundAnalyzer.rate / 500
}
