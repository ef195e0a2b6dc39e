/// The byte 3 that H.264 and H.265 put behind two zeros, so that no start code appears inside a unit (clause 7.4.1).
enum EmulationPrevention {
    /// The payload without those bytes.
    static func removed(from unit: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var payload: [UInt8] = []
        payload.reserveCapacity(unit.count)
        var zeros = 0
        for byte in unit {
            if zeros >= 2, byte == 3 {
                zeros = 0
                continue
            }
            zeros = byte == 0 ? zeros + 1 : 0
            payload.append(byte)
        }
        return payload
    }

    /// The payload with those bytes.
    static func added(to payload: [UInt8]) -> [UInt8] {
        var unit: [UInt8] = []
        unit.reserveCapacity(payload.count + 16)
        var zeros = 0
        for byte in payload {
            if zeros >= 2, byte <= 3 {
                unit.append(3)
                zeros = 0
            }
            zeros = byte == 0 ? zeros + 1 : 0
            unit.append(byte)
        }
        return unit
    }
}
