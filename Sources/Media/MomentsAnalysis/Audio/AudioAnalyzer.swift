internal import Glibc
public import MomentsCore

/// Listens to a video's audio in blocks of 50 ms: level, onsets, what resembles speech or a crowd.
///
/// Keeps 20 bytes a block. Costs about 6 µs a block.
public struct AudioAnalyzer {
    /// Samples per second it listens at.
    public static let rate = 48_000
    /// Samples (of each channel) in a block.
    public static let block = 2_400

    /// The bands' edges in entries of the spectrum (23.4 Hz each): about two to the octave from 90 Hz to 12 kHz.
    private static let edges = [4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512]

    private var curves = AudioCurves()
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
        let index = Int((time.seconds / AudioCurves.interval).rounded())
        guard index >= curves.count, index < curves.count + 1_728_000 else { return }
        // What is missing is silence.
        while curves.count < index { append(level: -100, loudness: -70, flux: 0, voice: 0, flatness: 0) }
        mixDown(samples, channels: channels)
        spectrum.take(mono)
        append(
            level: max(-100, 10 * log10f(meanSquare() + 1e-10)),
            loudness: loudness.isFinite ? max(-70, Float(loudness)) : -70,
            flux: flux(),
            voice: share(of: 13..<145),
            flatness: flatness(of: 21..<213)
        )
    }

    /// Ends the listening.
    ///
    /// - Parameter end: When the video ends; the curves go so far and no further.
    /// - Returns: What was heard; nil when there was no audio at all.
    public consuming func finish(end: MediaTime) -> AudioCurves? {
        guard curves.count > 0 else { return nil }
        let count = max(1, Int((end.seconds / AudioCurves.interval).rounded(.up)))
        while curves.count < count { append(level: -100, loudness: -70, flux: 0, voice: 0, flatness: 0) }
        // The meter tells of the 0.4 s that end with a block; the curve of the 0.4 s around it.
        let late = 4
        let loudness = curves.loudness
        curves.loudness = loudness.indices.map { loudness[min($0 + late, loudness.count - 1)] }
        let kinds = AudioKinds(level: curves.level, voice: voice, flatness: flatness)
        curves.speech = kinds.speech
        curves.crowd = kinds.crowd
        curves.truncate(to: count)
        return curves
    }

    /// Brings a block's channels together in `mono`.
    private mutating func mixDown(_ samples: Span<Float>, channels: Int) {
        let frames = min(samples.count / channels, Self.block)
        // In buffers places are not checked one by one, so that the compiler takes several samples at a time.
        samples.withUnsafeBufferPointer { samples in
            mono.withUnsafeMutableBufferPointer { mono in
                switch channels {
                case 1: for frame in 0..<frames { mono[frame] = samples[frame] }
                case 2: for frame in 0..<frames { mono[frame] = (samples[2 &* frame] + samples[2 &* frame &+ 1]) / 2 }
                default:
                    for frame in 0..<frames {
                        var sum: Float = 0
                        for channel in 0..<channels { sum += samples[frame &* channels &+ channel] }
                        mono[frame] = sum / Float(channels)
                    }
                }
                mono[frames...].update(repeating: 0)
                for frame in mono.indices {
                    let sample = mono[frame]
                    let held: Float = sample < -8 ? -8 : sample > 8 ? 8 : sample
                    // A broken decoder's numbers must not spread.
                    mono[frame] = abs(sample) < .infinity ? held : 0
                }
            }
        }
    }

    /// The mean square of the block.
    private func meanSquare() -> Float {
        let bytes = mono.span.bytes
        var squares = SIMD8<Float>()
        for place in stride(from: 0, to: bytes.byteCount, by: MemoryLayout<SIMD8<Float>>.size) {
            let eight = bytes.unsafeLoadUnaligned(fromByteOffset: place, as: SIMD8<Float>.self)
            squares += eight * eight
        }
        return squares.sum() / Float(Self.block)
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
            let power = spectrum.power(of: Self.edges[band]..<Self.edges[band + 1])
            let level = max(-80, 10 * log10f(power + 1e-12))
            rise += max(0, level - bands[band])
            bands[band] = level
        }
        return rise / Float(bands.count)
    }

    private func share(of entries: Range<Int>) -> Float {
        let all = spectrum.power(of: spectrum.power.indices)
        return all < 1e-10 ? 0 : spectrum.power(of: entries) / all
    }

    private func flatness(of entries: Range<Int>) -> Float {
        precondition(entries.count.isMultiple(of: 16))
        let powers = spectrum.power.span
        var logs = 0.0
        for first in stride(from: entries.lowerBound, to: entries.upperBound, by: 16) {
            // One logarithm for sixteen: powers of 1e-14 to 1e3 cannot leave what a Double holds.
            var product = 1.0
            for entry in first..<first &+ 16 { product *= Double(powers[entry] + 1e-14) }
            logs += log(product)
        }
        let count = Float(entries.count)
        let sum = spectrum.power(of: entries) + count * 1e-14
        // One spectrum of pure noise measures 0.56 (Euler's constant tells why); scaled so that it reads 1.
        return sum < 1e-9 ? 0 : min(1, expf(Float(logs) / count) / (sum / count) / 0.56)
    }
}
