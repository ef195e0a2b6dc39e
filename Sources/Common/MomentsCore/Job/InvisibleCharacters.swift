internal import FoundationEssentials

/// Finds what JSON leaves as it is, but a terminal or an editor acts on, in text that strangers chose.
enum InvisibleCharacters {
    /// JSON with the same meaning in which DEL, the C1 controls, line separators and marks of direction are escapes.
    ///
    /// Such characters can stand only inside strings, where `\u` and four digits mean the same.
    static func escaped(_ json: Data) -> Data {
        // Nearly every document holds none.
        guard json.contains(where: { $0 == 0x7f || $0 == 0xc2 || $0 == 0xe2 || $0 == 0xd8 || $0 == 0xef }) else {
            return json
        }
        var result = Data(capacity: json.count + 64)
        for scalar in String(decoding: json, as: UTF8.self).unicodeScalars {
            if isInvisible(scalar) {
                let digits = String(scalar.value, radix: 16)
                result.append(contentsOf: "\\u".utf8)
                result.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, 4 - digits.utf8.count)))
                result.append(contentsOf: digits.utf8)
            } else {
                result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        return result
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x7f...0x9f, 0xad, 0x61c, 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff: true
        default: false
        }
    }
}
