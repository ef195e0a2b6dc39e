/// Joins cues to sentences, by punctuation and pauses.
struct SentenceBuilder {
    private(set) var sentences: [Sentence] = []
    private var words: [Word] = []

    /// A pause between words that ends a sentence whatever its punctuation, in seconds.
    private static let pause = 1.2
    /// The longest sentence, in seconds: subtitles without any punctuation end somewhere too.
    private static let longest = 20.0

    /// Builds the sentences of cues in order.
    init(_ cues: [Cue]) {
        for cue in Self.parted(cues) {
            let said = cue.words
            if cue.isMark {
                close()
                if !said.isEmpty { sentences.append(Sentence(said, isMark: true)) }
                continue
            }
            for (number, word) in said.enumerated() { add(word, opensCue: number == 0) }
        }
        close()
    }

    /// The cues one after the other: of two that overlap, the first one's words are said before; of two that begin
    /// together, in the first half of its time.
    private static func parted(_ cues: [Cue]) -> [Cue] {
        var parted = cues
        for index in cues.indices.dropLast() where parted[index + 1].start < parted[index].end {
            let (cue, next) = (parted[index], parted[index + 1])
            if next.start > cue.start {
                parted[index].end = next.start
            } else {
                let middle = (cue.start + cue.end) / 2
                parted[index].end = middle
                (parted[index + 1].start, parted[index + 1].end) = (middle, max(cue.end, next.end))
            }
        }
        return parted
    }

    private mutating func add(_ word: Word, opensCue: Bool) {
        if let last = words.last, let first = words.first {
            // A number with a point may be a third or the end; at the end of a cue it is the end.
            let endsCue = opensCue && last.text.last == "." && last.text.dropLast().allSatisfy(\.isNumber)
            let isOver = (Self.ends(last.text) || endsCue) && Self.canBegin(word.text)
            if isOver || word.start - last.end > Self.pause || word.end - first.start > Self.longest { close() }
        }
        words.append(word)
    }

    private mutating func close() {
        if !words.isEmpty { sentences.append(Sentence(words)) }
        words = []
    }

    /// Whether a sentence can end with a word.
    static func ends(_ word: String) -> Bool {
        var core = word[...]
        while let last = core.last, "\"'”’»)]』」".contains(last) { core = core.dropLast() }
        guard let last = core.last, ".!?…。！？؟।".contains(last) else { return false }
        guard last == "." else { return true }
        let name = core.dropLast()
        if name.hasSuffix("..") { return true }
        // "Dr.", "z.B.", "J." and "3." are followed by more.
        if name.contains(".") || name.count == 1 && name.first?.isLetter == true { return false }
        if name.allSatisfy(\.isNumber) { return name.count > 2 }
        return !abbreviations.contains(name.lowercased())
    }

    /// Whether a sentence can begin with a word.
    static func canBegin(_ word: String) -> Bool {
        guard let first = word.first(where: { $0.isLetter || $0.isNumber }) else { return true }
        return !first.isLowercase
    }

    private static let abbreviations: Set<String> = [
        "mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "no", "jr", "sr", "bzw", "ca", "usw", "nr", "hr", "fr",
        "ggf", "inkl", "evtl", "m", "mme", "mlle", "env", "av", "sra", "ud", "uds", "pág", "örn", "vb", "bkz",
    ]
}
