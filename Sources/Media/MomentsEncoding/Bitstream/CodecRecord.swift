/// The decoder configuration record of a stream (ISO/IEC 14496-15, 5.3.3 and 8.3.3), or plain units with start codes.
struct CodecRecord {
    /// How the stream's packets are framed.
    let framing: NALUnitFraming
    /// The units in it.
    let units: [[UInt8]]

    /// Reads the bytes of H.264 or H.265; nil where they make no sense.
    init?(_ bytes: [UInt8], _ syntax: BitstreamSyntax) {
        guard bytes.first == 1 else {
            var units: [[UInt8]] = []
            let split: Bool = bytes.withUnsafeBufferPointer { all in
                do {
                    try NALUnitFraming.startCodes.forEachNALUnit(in: all) { unit in
                        units.append(Array(unit))
                    }
                    return true
                } catch { return false }
            }
            guard split else { return nil }
            (framing, self.units) = (.startCodes, units)
            return
        }
        var place = syntax == .h264 ? 5 : 22
        guard bytes.count > place else { return nil }
        framing = .lengths(Int(bytes[syntax == .h264 ? 4 : 21] & 3) + 1)
        var units: [[UInt8]] = []
        func number(_ size: Int) -> Int? {
            guard place + size <= bytes.count else { return nil }
            defer { place += size }
            return bytes[place..<place + size].reduce(0) { $0 << 8 | Int($1) }
        }
        func list(_ count: Int) -> Bool {
            for _ in 0..<count {
                guard let length = number(2), place + length <= bytes.count else { return false }
                if length > 0 { units.append(Array(bytes[place..<place + length])) }
                place += length
            }
            return true
        }
        switch syntax {
        case .vp9, .av1: return nil
        case .h264:
            guard let sequences = number(1), list(sequences & 31), let frames = number(1), list(frames) else {
                return nil
            }
        case .hevc:
            guard let arrays = number(1) else { return nil }
            for _ in 0..<arrays {
                guard number(1) != nil, let count = number(2), list(count) else { return nil }
            }
        }
        self.units = units
    }
}
