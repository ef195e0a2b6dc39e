internal import MomentsCore
internal import MomentsSystem

/// Reads the facts of a transport stream: the clock of its pictures at both ends (ISO/IEC 13818-1).
struct TransportFacts {
    /// Bytes from one packet to the next: 188, or 192 where a time stands before each.
    private let length: Int
    private let lead: Int

    /// Looks at a file's first bytes; nil where they are none of a transport stream.
    init?(_ head: [UInt8]) {
        func has(_ lead: Int, _ length: Int) -> Bool {
            head.count > lead + length && head[lead] == 0x47 && head[lead + length] == 0x47
        }
        if has(0, 188) {
            (lead, length) = (0, 188)
        } else if has(4, 192) {
            (lead, length) = (4, 192)
        } else {
            return nil
        }
    }

    func facts(_ file: borrowing Descriptor, _ path: FilePath, _ size: Int64) throws(SystemError) -> PartFacts? {
        let start = times(try file.read(Self.looked, at: 0, of: path))
        let tail = max(0, size - Int64(Self.looked)) / Int64(length) * Int64(length)
        let end = times(try file.read(Self.looked, at: tail, of: path))
        guard let first = start.first, let last = end.last(where: { $0.track == first.track }) else { return nil }
        let own = start.filter { $0.track == first.track }.prefix(16).map(\.time)
        let others = end.filter { $0.track == first.track }.suffix(16).map(\.time)
        return PartFacts(
            streams: "ts\(length):\(first.track)",
            firstClock: own.min() ?? first.time,
            lastClock: others.max() ?? last.time
        )
    }

    /// Bytes read at each end.
    private static let looked = 768 << 10

    /// The times of pictures whose coding starts in some bytes, in file order.
    private func times(_ bytes: [UInt8]) -> [(track: Int, time: Double)] {
        var found: [(track: Int, time: Double)] = []
        var place = lead
        while place + 188 <= bytes.count {
            defer { place += length }
            guard bytes[place] == 0x47, bytes[place + 1] & 0x40 != 0 else { continue }
            let track = Int(bytes[place + 1] & 0x1F) << 8 | Int(bytes[place + 2])
            var content = place + 4
            if bytes[place + 3] & 0x20 != 0 { content += 1 + Int(bytes[content]) }
            guard bytes[place + 3] & 0x10 != 0, content + 14 <= place + 188, bytes[content] == 0,
                bytes[content + 1] == 0,
                bytes[content + 2] == 1, (0xE0...0xEF).contains(bytes[content + 3]), bytes[content + 7] & 0x80 != 0
            else { continue }
            let time = bytes[content + 9..<content + 14].map { Int64($0) }
            let ticks =
                (time[0] >> 1 & 7) << 30 | time[1] << 22 | (time[2] >> 1) << 15 | time[3] << 7 | time[4] >> 1
            found.append((track, Double(ticks) / 90_000))
        }
        return found
    }
}
