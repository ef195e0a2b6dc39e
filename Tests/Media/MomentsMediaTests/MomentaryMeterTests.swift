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
        guard var meter = MomentaryMeter(channels: 2) else {
            Issue.record("no meter for two channels")
            return
        }
        var heard: [Double] = []
        for block in Self.sine(decibels: decibels, blocks: 20) { heard.append(meter.add(block.span)) }
        // EBU Tech 3341, test 1: within 0.1.
        for loudness in heard[8...] { #expect(abs(loudness - decibels) < 0.1) }
        // Half of the window heard is half of the power: 3 dB less.
        #expect(abs(heard[3] - (decibels - 3)) < 0.2)
    }

    @Test("silence is minus infinity, also after a sound has ended")
    func silence() {
        guard var meter = MomentaryMeter(channels: 2) else {
            Issue.record("no meter for two channels")
            return
        }
        for block in Self.sine(decibels: -20, blocks: 8) { _ = meter.add(block.span) }
        let nothing = [Float](repeating: 0, count: 4_800)
        var last = 0.0
        for _ in 0..<16 { last = meter.add(nothing.span) }
        #expect(last < -70)
    }
}
