/// A piece of text that belongs to some seconds of a video, as subtitles have it.
public struct Cue: Hashable, Sendable {
    /// Where it begins, in seconds from the first frame.
    public var start: Double
    /// Where it ends; after `start`.
    public var end: Double
    /// Its text in one line: no markup, no control characters.
    public var text: String
    /// When words of it begin, by their number from 0, where the file says so; in seconds.
    public var times: [Int: Double]

    /// Makes a cue.
    public init(start: Double, end: Double, text: String, times: [Int: Double] = [:]) {
        self.start = start
        self.end = end
        self.text = text
        self.times = times
    }

    /// Whether nothing is said in it: "[music]", "(applause)", "♪".
    public var isMark: Bool {
        guard let first = text.first, let last = text.last else { return true }
        if first == "♪" || first == "♫" || first == "#" && last == "#" { return true }
        let pairs: [Character: Character] = ["[": "]", "(": ")", "*": "*", "（": "）", "【": "】"]
        guard let closing = pairs[first], last == closing, text.count > 1 else { return false }
        return !text.dropFirst().dropLast().contains(closing)
    }

    /// Its words, with the times they have or most likely have.
    ///
    /// What the file says of a word's time counts; between such times words take as long as they are.
    public var words: [Word] {
        let texts = text.split(separator: " ").map(String.init)
        guard !texts.isEmpty else { return [] }
        var anchors: [(word: Int, time: Double)] = [(0, start)]
        for (word, time) in times.sorted(by: { $0.key < $1.key })
        where word > 0 && word < texts.count && time > (anchors.last?.time ?? start) && time < end {
            anchors.append((word, time))
        }
        anchors.append((texts.count, end))
        var words: [Word] = []
        for (from, to) in zip(anchors, anchors.dropFirst()) {
            let lengths = texts[from.word..<to.word].map { Double($0.count + 1) }
            let perLetter = (to.time - from.time) / max(1, lengths.reduce(0, +))
            var time = from.time
            for (text, length) in zip(texts[from.word..<to.word], lengths) {
                words.append(Word(text: text, start: time, end: time + length * perLetter))
                time += length * perLetter
            }
        }
        return words
    }
}
