import CEbur128
import Foundation
import Testing

@testable import MomentsMedia

@Suite("momentary loudness")
struct MomentaryMeterTests {
    /// Blocks of 50 ms of a sine of 1 kHz in both channels.
    private static func sine(decibels: Double, blocks: Int) -> [[Float]] {
        let amplitude = pow(10, decibels / 20)
        return (0..<blocks).map { block in
            (0..<2_400).flatMap { index -> [Float] in
                let time = Double(block * 2_400 + index) / 48_000
                let value = Float(amplitude * sin(2 * .pi * 1_000 * time))
                return [value, value]
            }
        }
    }

    @Test(
        "a stereo sine of 1 kHz at −23 dB is heard at −23 LUFS, once 400 ms of it have been",
        arguments: [-23.0, -33]
    )
    func sine(decibels: Double) {
        var meter = MomentaryMeter(channels: 2)
        var measured: [Double] = []
        for block in Self.sine(decibels: decibels, blocks: 20) { measured.append(meter.add(block.span)) }
        // EBU Tech 3341, test 1: within 0.1.
        for loudness in measured[8...] { #expect(abs(loudness - decibels) < 0.1) }
        // Half of the window heard is half of the power: 3 dB less.
        #expect(abs(measured[3] - (decibels - 3)) < 0.2)
    }

    @Test("silence is minus infinity, also after an audio has ended")
    func silence() {
        var meter = MomentaryMeter(channels: 2)
        for block in Self.sine(decibels: -20, blocks: 8) { _ = meter.add(block.span) }
        let nothing = [Float](repeating: 0, count: 4_800)
        var last = 0.0
        for _ in 0..<16 { last = meter.add(nothing.span) }
        #expect(last < -70)
    }

    @Test("noise, steps of loudness and gaps are measured as libebur128 measures them", arguments: [1, 2])
    func reference(channels: Int) {
        var meter = MomentaryMeter(channels: channels)
        let mode = CInt(EBUR128_MODE_M.rawValue)
        var library = ebur128_init(UInt32(channels), 48_000, mode)
        defer { ebur128_destroy(&library) }
        var noise: UInt32 = 1
        for block in 0..<400 {
            // Some blocks in ten are silent; the others rise and fall over 60 dB, differently in each channel.
            let samples = (0..<2_400 * channels).map { index -> Float in
                noise = noise &* 1_664_525 &+ 1_013_904_223
                let gain = block % 100 > 80 ? 0 : pow(10, Float(block * (1 + index % channels) % 31) / 10 - 3)
                return gain * (Float(noise >> 8) / Float(1 << 23) - 1)
            }
            let measured = meter.add(samples.span)
            #expect(ebur128_add_frames_float(library, samples, 2_400) == 0)
            var expected = 0.0
            #expect(ebur128_loudness_momentary(library, &expected) == 0)
            // What is left below −100 LUFS is the tail of the filters, which either side ends in its own way.
            if expected > -100 { #expect(abs(measured - expected) < 1e-6) } else { #expect(measured < -99) }
        }
    }
}
