import Glibc
import MomentsAnalysis
import MomentsCore
import Testing

@Suite("listening")
struct AudioTests {
    /// Noise that is the same every time.
    private struct Noise {
        var state: UInt32 = 1
        mutating func next() -> Float {
            state = state &* 1_664_525 &+ 1_013_904_223
            return Float(state >> 8) / Float(1 << 23) - 1
        }
    }

    /// What is heard in `seconds` of audio made sample by sample.
    private func analyze(_ seconds: Double, _ sample: (Double, inout Noise) -> Float) throws -> AudioCurves {
        var (analyzer, noise) = (AudioAnalyzer(), Noise())
        for block in 0..<Int(seconds / AudioCurves.interval) {
            let samples = (0..<AudioAnalyzer.block).map { index in
                sample(Double(block * AudioAnalyzer.block + index) / Double(AudioAnalyzer.rate), &noise)
            }
            let power = samples.reduce(0) { $0 + $1 * $1 } / Float(samples.count)
            let time = MediaTime(ticks: Int64(block), timescale: 20)
            analyzer.add(samples.span, channels: 1, time: time, loudness: Double(10 * log10f(power + 1e-9)))
        }
        return try #require(analyzer.finish(end: MediaTime(seconds: seconds)))
    }

    @Test("levels are those of the audio, silence is −100 dB")
    func level() throws {
        let curves = try analyze(2) { time, _ in time < 1 ? 0.5 * sinf(Float(time) * 2 * .pi * 440) : 0 }
        #expect(abs(curves.level[10] + 9.03) < 0.1)
        #expect(curves.level[30] == -100)
        #expect(curves.count == 40)
    }

    @Test("an onset shows in the flux")
    func onset() throws {
        let curves = try analyze(2) { time, noise in noise.next() * (time < 1 ? 0.001 : 0.3) }
        let peak = curves.flux.indices.dropFirst(2).max { curves.flux[$0] < curves.flux[$1] }
        #expect(peak == 20)
        #expect(curves.flux[20] > 20)
    }

    @Test("syllables of tones resemble speech, steady noise a crowd, and not the other way round")
    func kinds() throws {
        let speech = try analyze(3) { time, _ in
            let syllable = max(0, sinf(Float(time) * 2 * .pi * 4))
            let tones = (1...12).reduce(Float(0)) { $0 + sinf(Float(time) * 2 * .pi * 150 * Float($1)) }
            return 0.02 * tones * syllable
        }
        let crowd = try analyze(3) { _, noise in 0.2 * noise.next() }
        #expect(speech.speech[30] > 0.5)
        #expect(speech.crowd[30] < 0.2)
        #expect(crowd.crowd[30] > 0.8)
        #expect(crowd.speech[30] == 0)
    }

    @Test("pauses are found where the level falls, and none in steady noise")
    func pauses() throws {
        let talk = try analyze(6) { time, noise in
            noise.next() * (time.truncatingRemainder(dividingBy: 2) < 1.5 ? 0.2 : 0.002)
        }
        let pauses = talk.pauses()
        #expect(pauses.count == 3)
        #expect(abs((pauses.first?.lowerBound ?? 0) - 1.5) < 0.051)
        #expect(abs((pauses.first?.upperBound ?? 0) - 2) < 0.051)
        #expect(try analyze(4) { _, noise in 0.2 * noise.next() }.pauses().isEmpty)
    }

    @Test("numbers that are none do no harm")
    func broken() throws {
        let curves = try analyze(0.2) { time, _ in time < 0.1 ? .nan : .infinity }
        #expect(curves.level.allSatisfy { $0.isFinite })
    }

    @Test("no audio gives no curves, and curves end with the video")
    func ends() throws {
        #expect(AudioAnalyzer().finish(end: MediaTime(seconds: 3)) == nil)
        var analyzer = AudioAnalyzer()
        let block = [Float](repeating: 0.1, count: AudioAnalyzer.block)
        analyzer.add(block.span, channels: 1, time: MediaTime(seconds: 1), loudness: -20)
        let curves = try #require(analyzer.finish(end: MediaTime(seconds: 0.5)))
        #expect(curves.count == 10)
        #expect(curves.loudness.count == 10)
        #expect(curves.crowd.count == 10)
    }
}

@Suite("cutting audio into blocks")
struct AudioBlockTests {
    /// The blocks made of pieces that start at given seconds: when each starts and its first sample.
    private func blocks(_ pieces: [(start: Double, frames: Int, value: Float)], channels: Int = 1) -> [(Double, Float)]
    {
        var (cutter, result) = (AudioBlocks(channels: channels), [(Double, Float)]())
        for piece in pieces {
            let samples = [Float](repeating: piece.value, count: piece.frames * channels)
            cutter.add(samples.span, time: MediaTime(seconds: piece.start)) { block, time in
                result.append((time.seconds, block[0]))
            }
        }
        cutter.finish { block, time in result.append((time.seconds, block[0])) }
        return result
    }

    @Test("pieces of any size make blocks of 50 ms without a seam")
    func pieces() {
        let result = blocks((0..<10).map { (Double($0) * 1024 / 48_000, 1024, 1) }, channels: 2)
        #expect(result.map(\.0) == [0, 0.05, 0.1, 0.15, 0.2])
    }

    @Test("a late start and a gap are silence, an overlap is dropped")
    func gaps() {
        let late = blocks([(0.1, 2400, 1)])
        #expect(late.map(\.1) == [0, 0, 1])
        let gap = blocks([(0, 2400, 1), (0.15, 2400, 2)])
        #expect(gap.map(\.1) == [1, 0, 0, 2])
        let overlap = blocks([(0, 4800, 1), (0.05, 4800, 2)])
        #expect(overlap.map(\.0) == [0, 0.05, 0.1])
        #expect(overlap.map(\.1) == [1, 1, 2])
    }

    @Test("audio before the first frame is dropped, a jump of hours is passed over")
    func extremes() {
        #expect(blocks([(-1, 2400, 1), (0, 2400, 2)]).map(\.1) == [2])
        let jump = blocks([(0, 2400, 1), (36_000, 2400, 2)])
        #expect(jump.count < 100)
        #expect(jump.last?.1 == 2)
    }

    @Test("rounded timestamps do not tear the audio")
    func rounding() {
        let result = blocks((0..<100).map { (Double($0 * 23) / 1000, 1104, 1) })
        #expect(result.allSatisfy { $0.1 == 1 })
    }
}
