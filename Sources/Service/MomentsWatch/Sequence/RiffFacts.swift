internal import MomentsCore

/// Reads the facts of an AVI file from the list of its headers; nothing of it is believed further than that.
enum RiffFacts {
    /// Bytes read of a file.
    static let looked = 128 << 10

    static func begins(with head: [UInt8]) -> Bool {
        head.count >= 12 && head.starts(with: Array("RIFF".utf8)) && head[8..<12].elementsEqual("AVI ".utf8)
    }

    /// What the first bytes of a file tell; nil where its headers are not all in there.
    static func read(_ bytes: [UInt8]) -> PartFacts? {
        guard let headers = lists(bytes, 12..<bytes.count).first(where: { $0.kind == "hdrl" }) else { return nil }
        var (streams, duration): ([String], Double?) = ([], nil)
        for list in lists(bytes, headers.content) where list.kind == "strl" {
            let pieces = chunks(bytes, list.content)
            guard let header = pieces.first(where: { $0.kind == "strh" })?.content, header.count >= 36,
                let form = pieces.first(where: { $0.kind == "strf" })?.content, form.count >= 16
            else { continue }
            let kind = String(decoding: bytes[header.lowerBound..<header.lowerBound + 4], as: UTF8.self)
            if kind == "vids", form.count >= 20 {
                let (scale, rate) = (number(bytes, header.lowerBound + 20), number(bytes, header.lowerBound + 24))
                if duration == nil, scale > 0, rate > 0 {
                    duration = Double(number(bytes, header.lowerBound + 32)) * Double(scale) / Double(rate)
                }
                // Size, depth and kind of pictures; sizes of the table behind them may differ.
                streams.append("vids:" + text(bytes, form.lowerBound + 4, 16))
            } else {
                streams.append(kind + ":" + text(bytes, form.lowerBound, min(16, form.count)))
            }
        }
        guard let duration, duration > 0 else { return nil }
        return PartFacts(streams: streams.joined(separator: " "), duration: duration)
    }

    private typealias Chunk = (kind: String, content: Range<Int>)

    /// The lists in a range, each by its own kind.
    private static func lists(_ bytes: [UInt8], _ range: Range<Int>) -> [Chunk] {
        chunks(bytes, range).compactMap { chunk in
            guard chunk.kind == "LIST", chunk.content.count >= 4 else { return nil }
            let start = chunk.content.lowerBound
            return (String(decoding: bytes[start..<start + 4], as: UTF8.self), start + 4..<chunk.content.upperBound)
        }
    }

    /// The chunks in a range; the last one ends where the range does.
    private static func chunks(_ bytes: [UInt8], _ range: Range<Int>) -> [Chunk] {
        var found: [Chunk] = []
        var place = range.lowerBound
        while range.upperBound - place >= 8 {
            let length = Int(number(bytes, place + 4))
            let end = min(place + 8 + length, range.upperBound)
            found.append((String(decoding: bytes[place..<place + 4], as: UTF8.self), place + 8..<end))
            place = end + length % 2
        }
        return found
    }

    private static func number(_ bytes: [UInt8], _ place: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
    }

    private static func text(_ bytes: [UInt8], _ place: Int, _ count: Int) -> String {
        FilePath.hexadecimal(Array(bytes[place..<place + count]))
    }
}
