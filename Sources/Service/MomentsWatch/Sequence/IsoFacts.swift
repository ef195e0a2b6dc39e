internal import MomentsCore
internal import MomentsSystem

/// Reads the facts of an MP4 or MOV file from its `moov` (ISO/IEC 14496-12); nothing of it is believed further than that.
struct IsoFacts: ~Copyable {
    private typealias Box = (kind: String, content: Range<Int64>)

    private let file: Descriptor
    private let path: FilePath
    private let size: Int64

    init(_ file: borrowing Descriptor, _ path: FilePath, _ size: Int64) throws(SystemError) {
        self.file = try file.duplicate()
        self.path = path
        self.size = size
    }

    func facts() throws(SystemError) -> PartFacts? {
        guard let index = try boxes(in: 0..<size).first(where: { $0.kind == "moov" }) else { return nil }
        var (streams, duration, created): ([String], Double?, Int64?) = ([], nil, nil)
        for box in try boxes(in: index.content) {
            switch box.kind {
            case "mvhd":
                let bytes = try bytes(box, atMost: 32)
                let time =
                    bytes.first == 1
                    ? Self.number(bytes.dropFirst(4).prefix(8)) : Self.number(bytes.dropFirst(4).prefix(4))
                if time > Self.epoch { created = time - Self.epoch }
            case "trak":
                guard let track = try track(box) else { continue }
                streams.append(track.stream)
                if track.isVideo, duration == nil { duration = track.duration }
            default: break
            }
        }
        guard duration != nil else { return nil }
        return PartFacts(streams: streams.joined(separator: " "), duration: duration, created: created)
    }

    /// From 1904, where QuickTime begins, to 1970.
    private static let epoch: Int64 = 2_082_844_800
    private static let mostBoxes = 20_000

    private func track(_ track: Box) throws(SystemError) -> (stream: String, isVideo: Bool, duration: Double?)? {
        guard let media = try boxes(in: track.content).first(where: { $0.kind == "mdia" }) else { return nil }
        let inner = try boxes(in: media.content)
        guard let handler = inner.first(where: { $0.kind == "hdlr" }),
            let header = inner.first(where: { $0.kind == "mdhd" }),
            let information = inner.first(where: { $0.kind == "minf" })
        else { return nil }
        let kind = String(decoding: try bytes(handler, atMost: 12).dropFirst(8), as: UTF8.self)
        guard kind == "vide" || kind == "soun" else { return (kind, false, nil) }
        let clock = try bytes(header, atMost: 36)
        let isLong = clock.first == 1
        let scale = Self.number(clock.dropFirst(isLong ? 20 : 12).prefix(4))
        let length = Self.number(clock.dropFirst(isLong ? 24 : 16).prefix(isLong ? 8 : 4))
        // A length that is none would turn the ranges made of it upside down.
        guard scale > 0, length >= 0,
            let table = try boxes(in: information.content).first(where: { $0.kind == "stbl" }),
            let descriptions = try boxes(in: table.content).first(where: { $0.kind == "stsd" })
        else { return nil }
        let entry = try bytes(descriptions, atMost: 64 << 10).dropFirst(8)
        let stream = kind == "vide" ? Self.picture(Array(entry)) : Self.sound(Array(entry))
        return (stream, kind == "vide", Double(length) / Double(scale))
    }

    /// Kind of codec, size, and what the decoder is given.
    private static func picture(_ entry: [UInt8]) -> String {
        guard entry.count > 86 else { return "vide" }
        let code = String(decoding: entry[4..<8], as: UTF8.self)
        var setting = ""
        var place = 86
        while place + 8 <= entry.count {
            let length = Int(number(entry[place..<place + 4]))
            guard length >= 8, place + length <= entry.count else { break }
            if ["avcC", "hvcC", "av1C", "vpcC", "esds"].contains(
                String(decoding: entry[place + 4..<place + 8], as: UTF8.self)
            ) {
                var digest = SHA256()
                digest.update(Array(entry[place..<place + length]))
                setting = String(digest.finish().prefix(16))
            }
            place += length
        }
        return "\(code):\(number(entry[32..<34]))x\(number(entry[34..<36])):\(setting)"
    }

    private static func sound(_ entry: [UInt8]) -> String {
        guard entry.count >= 36 else { return "soun" }
        let code = String(decoding: entry[4..<8], as: UTF8.self)
        return "\(code):\(number(entry[24..<26])):\(number(entry[32..<34]))"
    }

    private func boxes(in range: Range<Int64>) throws(SystemError) -> [Box] {
        var boxes: [Box] = []
        var place = range.lowerBound
        while range.upperBound - place >= 8, boxes.count < Self.mostBoxes {
            let head = try read(Int(min(16, range.upperBound - place)), at: place)
            guard head.count >= 8 else { break }
            var (length, header) = (Self.number(head[0..<4]), Int64(8))
            if length == 0 { length = range.upperBound - place }
            if length == 1 {
                guard head.count == 16, head[8] < 0x40 else { break }
                (length, header) = (Self.number(head[8..<16]), 16)
            }
            guard length >= header, length <= range.upperBound - place else { break }
            boxes.append((String(decoding: head[4..<8], as: UTF8.self), place + header..<place + length))
            place += length
        }
        return boxes
    }

    private func bytes(_ box: Box, atMost most: Int) throws(SystemError) -> [UInt8] {
        try read(min(most, Int(clamping: box.content.upperBound - box.content.lowerBound)), at: box.content.lowerBound)
    }

    private func read(_ count: Int, at place: Int64) throws(SystemError) -> [UInt8] {
        try file.read(count, at: place, of: path)
    }

    private static func number(_ bytes: some Sequence<UInt8>) -> Int64 { bytes.reduce(0) { $0 << 8 | Int64($1) } }
}
