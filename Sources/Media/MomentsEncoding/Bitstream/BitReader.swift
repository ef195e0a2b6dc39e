/// Reads the bits of a parameter set or slice header (ITU-T H.264 and H.265, clause 7.2 and 9.1 or 9.2).
///
/// Behind the end every bit is 0, and `isPastEnd` tells.
struct BitReader {
    private let bytes: [UInt8]
    /// Bits read so far.
    private(set) var position = 0

    /// Reads a unit's payload; the bytes that keep start codes from appearing in it are taken out first.
    init(unit: UnsafeBufferPointer<UInt8>) { bytes = EmulationPrevention.removed(from: unit) }

    /// Reads plain bytes.
    init(plain: some Sequence<UInt8>) { bytes = Array(plain) }

    /// Whether more bits were asked for than there are.
    var isPastEnd: Bool { position > bytes.count * 8 }

    /// The next bit.
    mutating func flag() -> Bool {
        defer { position += 1 }
        guard position >> 3 < bytes.count else { return false }
        return bytes[position >> 3] >> UInt8(7 - position & 7) & 1 != 0
    }

    /// The next bits as a number; at most 32.
    mutating func bits(_ count: Int) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count { value = value << 1 | (flag() ? 1 : 0) }
        return value
    }

    /// Passes over bits.
    mutating func skip(_ count: Int) { position += count }

    /// An unsigned number in Exp-Golomb code.
    mutating func unsigned() -> UInt32 {
        var zeros = 0
        while !flag() {
            zeros += 1
            if zeros > 31 || isPastEnd { return 0 }
        }
        return (1 << UInt32(zeros)) - 1 + bits(zeros)
    }

    /// A signed number in Exp-Golomb code.
    mutating func signed() -> Int32 {
        let code = unsigned()
        let half = Int32(clamping: (UInt64(code) + 1) / 2)
        return code % 2 == 0 ? -half : half
    }
}
