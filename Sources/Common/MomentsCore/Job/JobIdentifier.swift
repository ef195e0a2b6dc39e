/// Makes job identifiers: UUIDs of version 7 (RFC 9562), which sort by the time they were made.
public enum JobIdentifier {
    /// A new identifier, in lower-case text.
    ///
    /// - Parameter now: The moment written into its first 48 bits.
    /// - Returns: 36 characters.
    public static func make(at now: Timestamp = .now) -> String {
        var generator = SystemRandomNumberGenerator()
        let random = (generator.next() as UInt64, generator.next() as UInt64)
        let upper = UInt64(bitPattern: now.milliseconds) << 16 | 0x7000 | random.0 & 0x0fff
        let lower = 0x8000_0000_0000_0000 | random.1 >> 2
        let digits = hexadecimal(upper) + hexadecimal(lower)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        return text
    }

    /// Whether `text` has the form of an identifier: 36 characters of lower-case hexadecimal and dashes.
    public static func isValid(_ text: String) -> Bool {
        text.utf8.count == 36
            && text.enumerated().allSatisfy { index, character in
                [8, 13, 18, 23].contains(index)
                    ? character == "-" : character.isHexDigit && character.isASCII && !character.isUppercase
            }
    }

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
