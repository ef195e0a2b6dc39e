internal import MomentsMedia

/// How the units of a coded frame are told apart inside a packet.
enum NALUnitFraming: Equatable {
    /// By start codes (Annex B), as in transport streams.
    case startCodes
    /// By their length in front, of so many bytes, as in MP4 and Matroska.
    case lengths(Int)
    /// A packet is one unit.
    case whole

    /// Hands over every unit, without its framing.
    ///
    /// - Parameters:
    ///   - packet: The packet's bytes.
    ///   - body: Takes a unit of at least one byte.
    /// - Throws: `MediaError` where a length points behind the packet, or as `body` does.
    func forEachNALUnit(
        in packet: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        switch self {
        case .whole: if !packet.isEmpty { try body(packet) }
        case .startCodes: try Self.splitByStartCodes(packet, body)
        case .lengths(let size):
            var place = 0
            while place < packet.count {
                guard place + size <= packet.count else { throw MediaError.unfit(Self.broken) }
                let length = packet[place..<place + size].reduce(0) { $0 << 8 | Int($1) }
                place += size
                guard length <= packet.count - place else { throw MediaError.unfit(Self.broken) }
                try Self.handOver(packet, place, place + length, body)
                place += length
            }
        }
    }

    /// Zeros behind a unit belong to the framing: none ends with one.
    private static func handOver(
        _ packet: UnsafeBufferPointer<UInt8>,
        _ start: Int,
        _ end: Int,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        var last = end
        while last > start, packet[last - 1] == 0 { last -= 1 }
        if last > start { try body(UnsafeBufferPointer(rebasing: packet[start..<last])) }
    }

    private static let broken = "a coded picture of it is damaged"

    private static func splitByStartCodes(
        _ packet: UnsafeBufferPointer<UInt8>,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        var start: Int?
        var place = 0
        func end(at end: Int) throws {
            guard let begin = start else { return }
            try handOver(packet, begin, end, body)
        }
        while place + 3 <= packet.count {
            if packet[place + 2] > 1 {
                place += 3
            } else if packet[place] == 0, packet[place + 1] == 0, packet[place + 2] == 1 {
                try end(at: place)
                start = place + 3
                place += 3
            } else {
                place += 1
            }
        }
        try end(at: packet.count)
    }
}
