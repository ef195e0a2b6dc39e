/// Reads cues out of the packets of a text track.
public struct TextTrackReader {
    /// The cues so far, in the order of their packets.
    public private(set) var cues: [Cue] = []
    private let codec: String

    /// Cues of packets that do not say how long they are shown, in seconds.
    private static let usual = 4.0

    /// Begins a track; `codec` is libavcodec's name of it.
    public init(codec: String) { self.codec = codec }

    /// Takes in a packet.
    ///
    /// - Parameters:
    ///   - bytes: Its content.
    ///   - start: When it is shown, in seconds from the first frame.
    ///   - duration: For how long, in seconds; 0 where the file does not say.
    public mutating func add(_ bytes: [UInt8], at start: Double, lasting duration: Double) {
        guard cues.count < CueReader.most, start < CueTime.latest, duration < CueTime.latest else { return }
        let end = start + (duration > 0 ? duration : Self.usual)
        let text: String
        switch codec {
        case "mov_text":
            guard bytes.count >= 2 else { return }
            let length = Int(bytes[0]) << 8 | Int(bytes[1])
            text = String(decoding: bytes.dropFirst(2).prefix(length), as: UTF8.self)
        case "ass", "ssa":
            let fields = String(decoding: bytes, as: UTF8.self)
                .split(separator: ",", maxSplits: 8, omittingEmptySubsequences: false)
            guard fields.count == 9, !CueReader.isDrawing(fields[8]) else { return }
            text = String(fields[8])
        default: text = String(decoding: bytes, as: UTF8.self)
        }
        let read = CueText(text, isASS: codec == "ass" || codec == "ssa")
        guard !read.text.isEmpty, end > start else { return }
        cues.append(Cue(start: max(0, start), end: max(0.001, end), text: read.text))
    }
}
