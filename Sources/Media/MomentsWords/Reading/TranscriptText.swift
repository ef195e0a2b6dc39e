/// The text of a transcript's bytes, in whatever encoding they are.
struct TranscriptText {
    /// The text.
    let text: String
    /// How it was encoded: "UTF-8", "UTF-16" or "Windows-1252".
    let encoding: String

    /// Letters beyond ASCII that a text in a Western encoding may have, as a share of its letters.
    private static let mostForeign = 0.3

    /// Reads bytes; throws what they are instead of text.
    init(_ bytes: [UInt8]) throws(TranscriptTrouble) {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            text = String(decoding: bytes.dropFirst(3), as: UTF8.self)
            encoding = "UTF-8"
            return
        }
        if let isLittle = Self.byteOrder(bytes) {
            let units = stride(from: 0, to: bytes.count - 1, by: 2).map { place in
                let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
                return isLittle ? first | second << 8 : second | first << 8
            }
            text = String(decoding: units.first == 0xFEFF ? Array(units.dropFirst()) : units, as: UTF16.self)
            encoding = "UTF-16"
            return
        }
        guard !bytes.contains(0) else { throw TranscriptTrouble("it is no text") }
        if let exact = String(validating: bytes, as: UTF8.self) {
            text = exact
            encoding = "UTF-8"
            return
        }
        let letters = bytes.count { $0 >= 0x80 || (UInt8(ascii: "A")...UInt8(ascii: "z")).contains($0) }
        let foreign = bytes.count { $0 >= 0x80 }
        guard Double(foreign) <= Self.mostForeign * Double(max(1, letters)) else {
            throw TranscriptTrouble("it is neither UTF-8 nor in a Western encoding; save it as UTF-8")
        }
        var scalars = String.UnicodeScalarView()
        for byte in bytes { scalars.append(Self.western(byte)) }
        text = String(scalars)
        encoding = "Windows-1252"
    }

    /// Whether the bytes are UTF-16 with the lower byte first; nil where they are no UTF-16.
    private static func byteOrder(_ bytes: [UInt8]) -> Bool? {
        if bytes.starts(with: [0xFF, 0xFE]) { return true }
        if bytes.starts(with: [0xFE, 0xFF]) { return false }
        // Without a mark: every other byte of Western text is zero.
        let head = bytes.prefix(512)
        guard head.count >= 16 else { return nil }
        let odd = head.indices.count { $0 % 2 == 1 && head[$0] == 0 }
        let even = head.indices.count { $0 % 2 == 0 && head[$0] == 0 }
        let half = head.count / 2
        if odd * 10 > half * 8, even * 10 < half { return true }
        if even * 10 > half * 8, odd * 10 < half { return false }
        return nil
    }

    /// A byte of Windows-1252, of which Latin-1 is a part.
    private static func western(_ byte: UInt8) -> UnicodeScalar {
        guard (0x80...0x9F).contains(byte) else { return UnicodeScalar(byte) }
        return UnicodeScalar(special[Int(byte) - 0x80]) ?? " "
    }

    private static let special: [UInt32] = [
        0x20AC, 0x20, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x20,
        0x017D, 0x20, 0x20, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x20, 0x017E, 0x0178,
    ]
}
