import Glibc
import Testing

@testable import MomentsAnalysis

@Suite("spectrum")
struct SpectrumTests {
    @Test("every entry is what the sum of Fourier's definition gives")
    func definition() {
        var noise: UInt32 = 1
        // More samples than are looked at: the last ones count.
        let samples = (0..<2_400).map { _ -> Float in
            noise = noise &* 1_664_525 &+ 1_013_904_223
            return Float(noise >> 8) / Float(1 << 23) - 1
        }
        var spectrum = Spectrum()
        spectrum.take(samples)
        let turn = 2 * Double.pi / Double(Spectrum.size)
        let windowed = samples.suffix(Spectrum.size).enumerated().map { index, sample in
            Double(sample) * (0.5 - 0.5 * cos(turn * Double(index)))
        }
        for entry in spectrum.power.indices {
            var (real, imaginary) = (0.0, 0.0)
            for (index, sample) in windowed.enumerated() {
                let angle = turn * Double(index * entry % Spectrum.size)
                real += sample * cos(angle)
                imaginary += sample * sin(angle)
            }
            let expected = (real * real + imaginary * imaginary) * 16 / Double(Spectrum.size * Spectrum.size)
            #expect(abs(Double(spectrum.power[entry]) - expected) < 1e-5 * expected + 1e-9)
        }
    }

    @Test("a full-scale sine gives power 1 in its band, and parts add up")
    func sine() {
        var spectrum = Spectrum()
        spectrum.take((0..<Spectrum.size).map { sinf(2 * .pi * 100 * Float($0) / Float(Spectrum.size)) })
        #expect(abs(spectrum.power[100] - 1) < 1e-4)
        // The window spreads a quarter of the power to either side.
        for entries in [97..<104, 98..<105, 99..<102, 0..<1024] {
            #expect(abs(spectrum.power(of: entries) - 1.5) < 1e-3)
        }
        #expect(spectrum.power(of: 0..<95) < 1e-6)
    }
}
