import Glibc
import MomentsMedia
import MomentsStoryboard
import Testing

@Suite("a voice over a clip")
struct VoiceTests {
    private func tone(_ seconds: Double, level: Float = 0.1) -> [Float] {
        (0..<Int(seconds * 48_000)).map { level * Float(sin(Double($0) * 0.05)) }
    }

    @Test("sentences have pauses between them, none begins before its shot, and the track is as long as it needs")
    func pauses() {
        var track = VoiceTrack()
        let silence = [Float](repeating: 0, count: 24_000)
        track.add("One.", silence + tone(1) + silence)
        track.add("Two.", tone(1))
        track.add("Three.", tone(1), notBefore: 10)
        let sentences = track.sentences
        #expect(abs(sentences[0].start - VoiceTrack.margin) < 0.001)
        #expect(abs(sentences[0].end - sentences[0].start - 1.07) < 0.02)
        #expect(abs(sentences[1].start - sentences[0].end - VoiceTrack.pause) < 0.001)
        #expect(abs(sentences[2].start - 10 - VoiceTrack.margin) < 0.001)
        #expect(track.length > sentences[2].end)
    }

    @Test("a long sentence is read in pieces, each while it is heard, and no word is lost", arguments: ["", "漢字"])
    func pieces(glued: String) {
        let text =
            glued.isEmpty
            ? (1...40).map { "word\($0)" }.joined(separator: " ") : String(repeating: glued, count: 90) + "。"
        var track = VoiceTrack()
        track.add(text, tone(12))
        track.add("Short.", tone(1))
        let (long, short) = (track.sentences[0], track.sentences[1])
        let pieces = long.pieces()
        #expect(short.pieces().map(\.text) == ["Short."])
        #expect(pieces.count >= 3 && pieces.allSatisfy { $0.text.count <= 84 && $0.end - $0.start > 1 })
        #expect(pieces.map(\.text).joined(separator: glued.isEmpty ? " " : "") == text)
        #expect(pieces[0].start == long.start && abs(pieces[pieces.count - 1].end - long.end) < 0.001)
        #expect(zip(pieces, pieces.dropFirst()).allSatisfy { $0.end == $1.start })
    }

    @Test("it is as loud as it is to be, and no word is cut off", arguments: [Float(0.02), 0.5])
    func loudness(level: Float) throws {
        var track = VoiceTrack()
        track.add("One.", tone(2, level: level))
        track.add("Two.", tone(2, level: level))
        let samples = try track.leveled(to: 8)
        #expect(samples.count == 8 * 48_000)
        guard var meter = LoudnessMeter(channels: 1) else {
            Issue.record("there is no meter")
            return
        }
        meter.add(samples.span)
        #expect(abs(meter.integrated - VoiceTrack.loudness) < 0.3)
        #expect((samples.map(abs).max() ?? 1) < 0.9)
        let last = track.sentences[1]
        let tail = samples[Int((last.end - 0.2) * 48_000)..<Int((last.end - 0.1) * 48_000)]
        #expect((tail.map(abs).max() ?? 0) > 0.05)
    }

    @Test(
        "other sound goes down by 12 dB before a word, stays down over short pauses, and is back 300 ms after the last"
    )
    func ducking() {
        var track = VoiceTrack()
        track.add("One.", tone(1))
        track.add("Two.", tone(1))
        track.add("Three.", tone(1), notBefore: 10)
        let (ducking, sentences) = (Ducking(track.sentences, depth: 12), track.sentences)
        func decibels(_ seconds: Double) -> Double { 20 * log10(ducking.gain(at: seconds)) }
        #expect(decibels(0) == 0)
        #expect(abs(decibels(sentences[0].start) + 12) < 0.01)
        #expect(abs(decibels((sentences[0].end + sentences[1].start) / 2) + 12) < 0.01)
        #expect(abs(decibels(sentences[1].end) + 12) < 0.01)
        #expect(decibels(sentences[1].end + 0.15) > -7 && decibels(sentences[1].end + 0.15) < -5)
        #expect(decibels(sentences[1].end + 0.301) == 0)
        #expect(abs(decibels(sentences[2].start) + 12) < 0.01)
        let gains = ducking.gains(count: 48_000, rate: 48_000)
        #expect(gains.count == 48_000 && gains[0] == 1)
        #expect(zip(gains.dropFirst(), gains).allSatisfy { abs($0 - $1) < 0.01 })
        #expect(abs(20 * log10(Ducking(sentences, depth: 30).gain(at: sentences[0].start)) + 30) < 0.01)
    }
}
