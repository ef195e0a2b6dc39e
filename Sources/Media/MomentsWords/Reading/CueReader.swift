/// Reads cues out of the text of SubRip, WebVTT and SubStation files: what begins with which lines decides, never a name.
struct CueReader {
    /// The cues as they stand there.
    private(set) var cues: [Cue] = []
    /// Cues that end before they begin.
    private(set) var backwards = 0
    /// Whether there were more than are taken.
    private(set) var isCut = false

    /// The most cues that are taken.
    static let most = 20_000
    /// The most lines of a cue.
    private static let mostLines = 12

    /// Reads a text.
    init(_ text: String) {
        let lines = Self.lines(text)
        if lines.contains(where: { $0.hasPrefix("Dialogue:") }), !lines.contains(where: { $0.contains("-->") }) {
            readSubStation(lines)
        } else {
            readArrows(lines)
        }
    }

    private static func lines(_ text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    }

    private mutating func add(_ start: Double, _ end: Double, _ raw: some StringProtocol, isASS: Bool = false) {
        guard cues.count < Self.most else {
            isCut = true
            return
        }
        guard start < end else {
            backwards += 1
            return
        }
        let read = CueText(raw, isASS: isASS)
        if !read.text.isEmpty { cues.append(Cue(start: start, end: end, text: read.text, times: read.times)) }
    }

    /// SubRip and WebVTT: a line with an arrow between two times, then lines of text up to an empty one.
    private mutating func readArrows(_ lines: [Substring]) {
        var open: (start: Double, end: Double)?
        var text: [Substring] = []
        var isOver = true
        func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
        for line in lines {
            if let times = Self.arrow(line) {
                // A cue's own number stands before its times, where no empty line parts it from the last text.
                if !isOver, let last = text.last, Int(last) != nil { text.removeLast() }
                if let open { add(open.start, open.end, text.joined(separator: "\n")) }
                (open, text, isOver) = (times, [], false)
            } else if isBlank(line) {
                isOver = true
            } else if !isOver, text.count < Self.mostLines {
                text.append(Self.withoutDash(line))
            }
        }
        if let open { add(open.start, open.end, text.joined(separator: "\n")) }
    }

    /// The times around an arrow; nil for a line without.
    private static func arrow(_ line: Substring) -> (start: Double, end: Double)? {
        guard let arrow = line.firstRange(of: "-->") else { return nil }
        let start = line[..<arrow.lowerBound].split(whereSeparator: \.isWhitespace).last
        let end = line[arrow.upperBound...].split(whereSeparator: \.isWhitespace).first
        guard let start = start.flatMap(CueTime.seconds), let end = end.flatMap(CueTime.seconds) else { return nil }
        return (start, end)
    }

    /// A line without the dash that stands for another speaker.
    private static func withoutDash(_ line: Substring) -> Substring {
        let trimmed = line.drop(while: \.isWhitespace)
        for dash in ["- ", "– ", "— "] where trimmed.hasPrefix(dash) { return trimmed.dropFirst(2) }
        return line
    }

    /// SubStation: lines of fields parted by commas, the text last.
    private mutating func readSubStation(_ lines: [Substring]) {
        var order = ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"]
        for line in lines {
            if line.hasPrefix("Format:") {
                let named = line.dropFirst(7).split(separator: ",").map {
                    $0.lowercased().filter { !$0.isWhitespace }
                }
                if named.contains("start"), named.last == "text" { order = named }
                continue
            }
            guard line.hasPrefix("Dialogue:") else { continue }
            let fields = line.dropFirst(9).split(
                separator: ",",
                maxSplits: order.count - 1,
                omittingEmptySubsequences: false
            )
            guard fields.count == order.count, let from = order.firstIndex(of: "start"),
                let to = order.firstIndex(of: "end"), let text = fields.last,
                let start = CueTime.seconds(Self.trimmed(fields[from])),
                let end = CueTime.seconds(Self.trimmed(fields[to])), !Self.isDrawing(text)
            else { continue }
            add(start, end, text, isASS: true)
        }
        // They may stand in any order there.
        cues.sort { $0.start < $1.start }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let rest = text.drop(while: \.isWhitespace)
        return rest.lastIndex { !$0.isWhitespace }.map { rest[...$0] } ?? ""
    }

    /// Whether a text is an outline to be drawn.
    static func isDrawing(_ text: some StringProtocol) -> Bool { text.contains("\\p1") || text.contains("\\p2") }
}
