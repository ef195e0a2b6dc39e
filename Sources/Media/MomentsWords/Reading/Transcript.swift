/// What is said in a video, by subtitles beside or in it, put in order.
public struct Transcript: Hashable, Sendable {
    /// The cues by their times; none is empty, none ends before it begins.
    public var cues: [Cue]
    /// How the text was encoded; nil for one that had no file.
    public let encoding: String?
    /// What was mended, as half sentences about it.
    public let notes: [String]

    /// The largest file that is read, in bytes.
    public static let largest = 4 << 20
    /// The longest time a cue can be meant for, in seconds.
    private static let longest = 60.0

    /// Reads a file.
    ///
    /// - Parameter bytes: Its content: SubRip, WebVTT or SubStation.
    /// - Throws: Why it is used for nothing.
    public init(_ bytes: [UInt8]) throws(TranscriptTrouble) {
        guard bytes.count <= Self.largest else {
            throw TranscriptTrouble("it is larger than \(Self.largest >> 20) MB, which no subtitles are")
        }
        let text = try TranscriptText(bytes)
        let reader = CueReader(text.text)
        var notes: [String] = []
        if text.encoding == "Windows-1252" { notes.append("it is not in UTF-8 and was read as Windows-1252") }
        if reader.backwards > 0 { notes.append("\(reader.backwards) cues that end before they begin were left out") }
        if reader.isCut { notes.append("only the first \(CueReader.most) cues were read") }
        try self.init(reader.cues, encoding: text.encoding, notes: notes)
    }

    /// Puts cues in order.
    ///
    /// - Parameters:
    ///   - cues: In any order.
    ///   - encoding: How their text was encoded.
    ///   - notes: What was mended before.
    /// - Throws: Why they are used for nothing.
    public init(_ cues: [Cue], encoding: String? = nil, notes: [String] = []) throws(TranscriptTrouble) {
        guard !cues.isEmpty else { throw TranscriptTrouble("it holds no cue") }
        guard !Self.isTelemetry(cues) else { throw TranscriptTrouble("it holds what an aircraft measured, no words") }
        var ordered: [Cue] = []
        let isOrdered = zip(cues, cues.dropFirst()).allSatisfy { $0.start <= $1.start }
        for cue in isOrdered ? cues : cues.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            var cue = cue
            cue.end = min(cue.end, cue.start + Self.longest)
            if let last = ordered.last, last.text == cue.text, cue.start <= last.end + 0.1 {
                ordered[ordered.count - 1].end = min(max(last.end, cue.end), last.start + Self.longest)
            } else {
                ordered.append(cue)
            }
        }
        self.cues = ordered
        self.encoding = encoding
        self.notes = notes + (isOrdered ? [] : ["its cues were not in order"])
        guard ordered.contains(where: { !$0.isMark }) else { throw TranscriptTrouble("nothing is said in it") }
    }

    /// Whether cues are what drones note of their flight, a cue for each picture.
    private static func isTelemetry(_ cues: [Cue]) -> Bool {
        let signs = ["FrameCnt", "SrtCnt", "DiffTime", "[iso", "GPS", "HOME(", "[latitude", "BAROMETER"]
        let looked = cues.prefix(40)
        return looked.count { cue in signs.contains { cue.text.contains($0) } } * 2 > looked.count
    }

    /// The same, moved in time; what would lie outside the video is left out.
    ///
    /// - Parameters:
    ///   - offset: Seconds that are added to every time.
    ///   - duration: How long the video is, in seconds.
    /// - Returns: The cues that are left.
    public func moved(by offset: Double, within duration: Double) -> [Cue] {
        cues.compactMap { cue in
            var cue = cue
            cue.start = max(0, cue.start + offset)
            cue.end = min(duration, cue.end + offset)
            cue.times = cue.times.mapValues { $0 + offset }
            return cue.end - cue.start > 0.01 ? cue : nil
        }
    }
}
