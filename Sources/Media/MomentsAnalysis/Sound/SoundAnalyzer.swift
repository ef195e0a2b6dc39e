internal import Glibc
public import MomentsCore

/// Listens to a video's sound in blocks of 50 ms: level, onsets, what resembles speech or a crowd.
///
/// Keeps 20 bytes a block. Costs about 60 µs a block.
public struct SoundAnalyzer {
    /// Samples per second it listens at.
    public static let rate = 48_000
    /// Samples (of each channel) in a block.
    public static let block = 2_400

    /// The bands' edges in entries of the spectrum (23.4 Hz each): about two to the octave from 90 Hz to 12 kHz.
    private static let edges = [4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512]

    private var curves = SoundCurves()
    /// Share of the power between 300 and 3400 Hz, block by block.
    private var voice: [Float] = []
    /// How even the spectrum is between 500 and 5000 Hz: near 1 for noise, near 0 for tones.
    private var flatness: [Float] = []
    private var spectrum = Spectrum()
    private var bands: [Float]
    private var mono: [Float]

    /// Makes a listener.
    public init() {
        bands = [Float](repeating: -80, count: Self.edges.count - 1)
        mono = [Float](repeating: 0, count: Self.block)
    }

    /// Takes one block.
    ///
    /// - Parameters:
    ///   - samples: Interleaved samples, 1 is full scale; at most a block of them, a shorter one counts as ended early.
    ///   - channels: The number of channels; at least 1.
    ///   - time: When the block starts; before 0 it is dropped, and a time already heard is not heard again.
    ///   - loudness: The momentary loudness at its end, in LUFS.
    public mutating func add(_ samples: Span<Float>, channels: Int, time: MediaTime, loudness: Double) {
        precondition(channels > 0)
        let index = Int((time.seconds / SoundCurves.interval).rounded())
        guard index >= curves.count, index < curves.count + 1_728_000 else { return }
        // What is missing is silence.
        while curves.count < index { append(level: -100, loudness: -70, flux: 0, voice: 0, flatness: 0) }
        mixDown(samples, channels: channels)
        let square = mono.reduce(0) { $0 + $1 * $1 } / Float(Self.block)
        spectrum.take(mono)
        append(
            level: max(-100, 10 * log10f(square + 1e-10)),
            loudness: loudness.isFinite ? max(-70, Float(loudness)) : -70,
            flux: flux(),
            voice: share(of: 13..<145),
            flatness: flatness(of: 21..<213)
        )
    }

    /// Ends the listening.
    ///
    /// - Parameter end: When the video ends; the curves go so far and no further.
    /// - Returns: What was heard; nil when there was no sound at all.
    public consuming func finish(end: MediaTime) -> SoundCurves? {
        guard curves.count > 0 else { return nil }
        let count = max(1, Int((end.seconds / SoundCurves.interval).rounded(.up)))
        while curves.count < count { append(level: -100, loudness: -70, flux: 0, voice: 0, flatness: 0) }
        // The meter tells of the 0.4 s that end with a block; the curve of the 0.4 s around it.
        let late = 4
        let loudness = curves.loudness
        curves.loudness = loudness.indices.map { loudness[min($0 + late, loudness.count - 1)] }
        let kinds = SoundKinds(level: curves.level, voice: voice, flatness: flatness)
        curves.speech = kinds.speech
        curves.crowd = kinds.crowd
        curves.truncate(to: count)
        return curves
    }

    private mutating func mixDown(_ samples: Span<Float>, channels: Int) {
        let frames = min(samples.count / channels, Self.block)
        for frame in 0..<frames {
            var sum: Float = 0
            for channel in 0..<channels { sum += samples[frame &* channels &+ channel] }
            // A broken decoder's numbers must not spread.
            mono[frame] = sum.isFinite ? max(-8, min(8, sum / Float(channels))) : 0
        }
        for frame in frames..<Self.block { mono[frame] = 0 }
    }

    private mutating func append(level: Float, loudness: Float, flux: Float, voice: Float, flatness: Float) {
        curves.level.append(level)
        curves.loudness.append(loudness)
        curves.flux.append(flux)
        self.voice.append(voice)
        self.flatness.append(flatness)
    }

    /// How far the bands rise above the block before; falling bands do not count, nor what is below −80 dB.
    private mutating func flux() -> Float {
        var rise: Float = 0
        for band in bands.indices {
            var sum: Float = 0
            for entry in Self.edges[band]..<Self.edges[band + 1] { sum += spectrum.power[entry] }
            let level = max(-80, 10 * log10f(sum + 1e-12))
            rise += max(0, level - bands[band])
            bands[band] = level
        }
        return rise / Float(bands.count)
    }

    private func share(of entries: Range<Int>) -> Float {
        let all = spectrum.power.reduce(0, +)
        return all < 1e-10 ? 0 : spectrum.power[entries].reduce(0, +) / all
    }

    private func flatness(of entries: Range<Int>) -> Float {
        var (logs, sum): (Float, Float) = (0, 0)
        for entry in entries {
            let power = spectrum.power[entry] + 1e-14
            logs += logf(power)
            sum += power
        }
        let count = Float(entries.count)
        // One spectrum of pure noise measures 0.56 (Euler's constant tells why); scaled so that it reads 1.
        return sum < 1e-9 ? 0 : min(1, expf(logs / count) / (sum / count) / 0.56)
    }
}
