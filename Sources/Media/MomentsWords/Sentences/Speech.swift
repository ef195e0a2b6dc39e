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

    /// Makes sentences of cues.
    ///
    /// - Parameters:
    ///   - cues: On the video's clock, in order.
    ///   - offset: Seconds they were moved by.
    ///   - pauses: Where the sound can be cut without hurting a word, in seconds, in order; empty without sound.
    public init(_ cues: [Cue], offset: Double = 0, pauses: [Range<Double>]) {
        self.cues = cues
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
        sentences = SpeechBounds(pauses).moved(parts)
        weights = SentenceWeights.weights(sentences)
    }

    /// What is said in some seconds, in one line; empty where nothing is.
    ///
    /// - Parameters:
    ///   - start: Where they begin.
    ///   - end: Where they end.
    /// - Returns: The words whose middle lies there.
    public func words(from start: Double, to end: Double) -> String {
        var said: [String] = []
        for cue in cues where cue.start < end && start < cue.end {
            said += cue.words.filter { start <= ($0.start + $0.end) / 2 && ($0.start + $0.end) / 2 < end }.map(\.text)
        }
        return said.joined(separator: " ")
    }
}
