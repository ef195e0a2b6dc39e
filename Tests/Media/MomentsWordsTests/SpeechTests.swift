import MomentsWords
import Testing

@Suite("sentences of a transcript")
struct SpeechTests {
    private func cue(_ start: Double, _ end: Double, _ text: String) -> Cue { Cue(start: start, end: end, text: text) }

    @Test("cues are joined to sentences by punctuation and pauses")
    func sentences() {
        let speech = Speech(
            [
                cue(0, 2, "Mr. Smith paid 3.5 million"), cue(2, 4, "for the house. Was it"), cue(4, 5, "worth it?"),
                cue(5.2, 6, "Certainly"), cue(9, 10, "not"), cue(10.5, 11, "[applause]"), cue(11, 12, "z. B. Kekse."),
            ],
            pauses: []
        )
        #expect(
            speech.sentences.map(\.text) == [
                "Mr. Smith paid 3.5 million for the house.", "Was it worth it?", "Certainly", "not", "[applause]",
                "z. B. Kekse.",
            ]
        )
        #expect(speech.sentences.map(\.isQuestion) == [false, true, false, false, false, false])
        #expect(speech.sentences.map(\.isMark) == [false, false, false, false, true, false])
        #expect(speech.weights[4] == 0)
    }

    @Test("edges of sentences move to where the sound pauses")
    func bounds() {
        let cues = [cue(1, 3, "This is the first one."), cue(3, 5, "And this is the second one.")]
        let speech = Speech(cues, pauses: [0..<0.7, 3.2..<3.6, 5.3..<9])
        #expect(speech.sentences.map(\.start) == [0.7, 3.6])
        #expect(speech.sentences.map(\.end) == [3.2, 5.3])
    }

    @Test("names, numbers and what is seldom said count; what is said again, and a mere yes, do not")
    func weights() {
        let texts = [
            "And so it is and it is so.", "In 1969 Armstrong walked over the Sea of Tranquility.", "Yes.",
            "In 1969 Armstrong walked over the Sea of Tranquility.", "And it is so and so it is.",
        ]
        let cues = texts.enumerated().map { cue(Double($0) * 4, Double($0) * 4 + 3, $1) }
        let weights = Speech(cues, pauses: []).weights
        #expect(weights[1] == weights.max())
        #expect(weights[1] > 2 * weights[0])
        #expect(weights[1] > 2 * weights[3])
        #expect(weights[2] < weights[1])
    }

    @Test("words have the times that the file gives them, and others by their lengths")
    func times() {
        let timed = Cue(start: 0, end: 4, text: "One two three four", times: [2: 3])
        #expect(timed.words.map(\.start) == [0, 1.5, 3, 3.5454545454545454])
        #expect(timed.words.last?.end == 4)
        let speech = Speech([timed], pauses: [])
        #expect(speech.words(from: 0, to: 3) == "One two")
        #expect(speech.words(from: 3, to: 4) == "three four")
    }

    @Test("a sentence too long for a shot parts where it breathes")
    func long() {
        let words = (1...30).map { $0 == 14 ? "word\($0)," : "word\($0)" }.joined(separator: " ")
        let sentences = Speech([cue(0, 15, words + ".")], pauses: []).sentences
        #expect(sentences.count == 2)
        #expect(sentences.first?.words.last?.text == "word14,")
    }

    /// A voice that is heard in some seconds, on a grid of a twentieth.
    private func heard(_ voices: [Range<Double>], seconds: Double) -> (level: [Float], speech: [Float]) {
        let level = (0..<Int(seconds * 20)).map { index -> Float in
            let time = (Double(index) + 0.5) / 20
            let ripple = Float(index * 104_729 % 97) / 97 * 6 - 3
            return (voices.contains { $0.contains(time) } ? -24 : -48) + ripple
        }
        return (level, [Float](repeating: 0.5, count: level.count))
    }

    /// Statements of different lengths with pauses of different lengths.
    private func voices(_ count: Int, seed: Int) -> [Range<Double>] {
        var (time, state) = (1.0, UInt32(truncatingIfNeeded: seed))
        return (0..<count).map { _ in
            func next(_ low: Double, _ high: Double) -> Double {
                state = state &* 1_664_525 &+ 1_013_904_223
                return low + (high - low) * Double(state >> 8) / Double(1 << 24)
            }
            let start = time + next(0.3, 2)
            time = start + next(1, 4)
            return start..<time
        }
    }

    @Test("subtitles that run early or late are moved by what they are off", arguments: -6...6)
    func offset(_ halves: Int) throws {
        let (off, voices) = (Double(halves) / 2, voices(14, seed: 3 + halves))
        let end = voices[13].upperBound + 4
        let sound = heard(voices, seconds: end)
        let cues = voices.map {
            Cue(start: max(0.01, $0.lowerBound + off), end: $0.upperBound + off, text: "So it is.")
        }
        let fit = SpeechFit(cues.filter { $0.end > $0.start }, level: sound.level, speech: sound.speech, interval: 0.05)
        #expect(fit.isFit && fit.isTold)
        #expect(abs(fit.offset + off) <= 0.2)
    }

    @Test("subtitles of another film fit nowhere", arguments: 1...8)
    func foreign(_ seed: Int) {
        let voices = voices(30, seed: seed)
        let sound = heard(voices, seconds: voices[29].upperBound + 4)
        let others = self.voices(30, seed: 100 + seed * 17)
        let cues = others.map { Cue(start: $0.lowerBound, end: $0.upperBound, text: "So it is.") }
        let fit = SpeechFit(cues, level: sound.level, speech: sound.speech, interval: 0.05)
        #expect(!fit.isFit, "agreement \(fit.agreement)")
    }

    @Test("subtitles that go on far behind the sound's end fit as well as before", arguments: [0, 1, 60, 300_000])
    func longer(_ behind: Double) {
        let voices = voices(30, seed: 5)
        let end = voices[29].upperBound + 4
        let sound = heard(voices, seconds: end)
        var cues = voices.map { Cue(start: $0.lowerBound, end: $0.upperBound, text: "So it is.") }
        // They follow each other without a pause.
        let later = (0..<4).map { end + behind + Double($0) }
        cues += later.map { Cue(start: $0, end: $0 + 1, text: "And on.") }
        let fit = SpeechFit(cues, level: sound.level, speech: sound.speech, interval: 0.05)
        #expect(fit.isFit && fit.offset == 0)
    }

    @Test("subtitles of a few seconds of sound are told as well", arguments: [3, 4, 5, 6, 8, 12])
    func short(_ count: Int) {
        let voices = voices(count, seed: 9)
        let sound = heard(voices, seconds: voices[count - 1].upperBound + 0.2)
        let cues = voices.map { Cue(start: $0.lowerBound, end: $0.upperBound, text: "So it is.") }
        let fit = SpeechFit(cues, level: sound.level, speech: sound.speech, interval: 0.05)
        #expect(fit.isFit && fit.isTold && fit.offset == 0)
    }

    @Test("whatever subtitles say, what is taken of them lies within the video and goes forward", arguments: 1...60)
    func anything(_ seed: Int) throws {
        var state = UInt32(truncatingIfNeeded: seed)
        func next(_ low: Double, _ high: Double) -> Double {
            state = state &* 1_664_525 &+ 1_013_904_223
            return low + (high - low) * Double(state >> 8) / Double(1 << 24)
        }
        let voices = voices(Int(next(0, 20)), seed: seed)
        let duration = max(0.04, (voices.last?.upperBound ?? 0) + next(-2, 4))
        let sound = heard(voices, seconds: seed % 5 == 0 ? next(0, 2) : duration)
        let reach = [duration, 2 * duration, 350_000][seed % 3]
        let texts = ["And so", "Is it?", "[music]", "Well, well. No! 42", String(repeating: "on and on, ", count: 80)]
        let cues = (0..<Int(next(1, 60))).map { _ in
            let start = next(0, reach)
            return Cue(start: start, end: start + next(0.001, 9), text: texts[Int(next(0, 4.99))])
        }
        let transcript = try Transcript(cues)
        let fit = SpeechFit(transcript.cues, level: sound.level, speech: sound.speech, interval: 0.05)
        let moved = transcript.moved(by: fit.offset, within: duration)
        let speech = Speech(moved, offset: fit.offset, pauses: voices.map { $0.upperBound..<$0.upperBound + 0.3 })
        for sentence in speech.sentences {
            #expect(sentence.start >= 0 && sentence.start < sentence.end && sentence.end <= duration + 0.5)
        }
        #expect(zip(speech.sentences, speech.sentences.dropFirst()).allSatisfy { $0.start <= $1.start })
    }

    @Test("where nothing is heard, or hardly anything is said, nothing is told")
    func silent() {
        let cues = voices(10, seed: 1).map { Cue(start: $0.lowerBound, end: $0.upperBound, text: "So it is.") }
        let nothing = SpeechFit(cues, level: [], speech: [], interval: 0.05)
        #expect(nothing.isFit && !nothing.isTold && nothing.offset == 0)
        let even = [Float](repeating: -30, count: 1000)
        #expect(!SpeechFit(cues, level: even, speech: even, interval: 0.05).isTold)
    }
}
