/// What is said in a video: subtitles that fit its sound, as sentences.
public struct Speech: Hashable, Sendable {
    /// The cues, on the video's clock.
    public let cues: [Cue]
    /// The sentences in their order, their edges at pauses of the sound.
    public let sentences: [Sentence]
    /// What each sentence is worth by its words; 1 is the mean, 0 a mark.
    public let weights: [Double]
    /// Seconds the subtitles were moved by.
    public let offset: Double

    /// The longest sentence that is kept whole, in seconds; longer ones part where a breath is likeliest.
    private static let whole = 8.5

    /// Seconds that the beginning of a word may be off.
    static let grain = 0.1

    /// Makes sentences of cues.
    ///
    /// - Parameters:
    ///   - cues: On the video's clock, in order.
    ///   - offset: Seconds they were moved by.
    ///   - pauses: Where the sound can be cut without hurting a word, in seconds, in order; empty without sound.
    public init(_ cues: [Cue], offset: Double = 0, pauses: [Range<Double>]) {
        self.offset = offset
        var parts: [Sentence] = []
        func add(_ sentence: Sentence) {
            if sentence.end - sentence.start > Self.whole, !sentence.isMark,
                let (first, second) = sentence.split(at: pauses)
            {
                add(first)
                add(second)
            } else {
                parts.append(sentence)
            }
        }
        for sentence in SentenceBuilder(cues).sentences { add(sentence) }
        sentences = SpeechBounds(pauses).moved(parts).map(\.fitted)
        weights = SentenceWeights.weights(sentences)
        self.cues = Self.timed(cues, by: sentences.flatMap(\.words))
    }

    /// Cues that know when their words begin.
    ///
    /// - Parameters:
    ///   - cues: In order.
    ///   - words: All words of them, in order.
    /// - Returns: As many cues.
    private static func timed(_ cues: [Cue], by words: [Word]) -> [Cue] {
        var place = 0
        return cues.map { cue in
            let count = cue.words.count
            guard count > 0, place + count <= words.count else { return cue }
            let own = words[place..<place + count]
            place += count
            var cue = cue
            cue.times = [:]
            for (number, word) in own.enumerated() where number > 0 { cue.times[number] = word.start }
            return cue
        }
    }

    /// What is said in some seconds, in one line; empty where nothing is.
    ///
    /// - Parameters:
    ///   - start: Where they begin.
    ///   - end: Where they end.
    /// - Returns: The words that begin there.
    public func words(from start: Double, to end: Double) -> String {
        var said: [String] = []
        for cue in cues where cue.start < end && start < cue.end {
            said += cue.words.filter { start - Self.grain <= $0.start && $0.start < end - Self.grain }.map(\.text)
        }
        return said.joined(separator: " ")
    }
}
