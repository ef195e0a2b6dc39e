/// A place on Earth, read from the text form cameras write (ISO 6709: "+52.5200+013.4050+034/").
public struct Location: Hashable, Encodable, Sendable {
    /// The text as the file has it.
    public let text: String
    /// Degrees north, −90…90.
    public let latitude: Double
    /// Degrees east, −180…180.
    public let longitude: Double
    /// Metres; nil where the text has none.
    public let altitude: Double?

    /// Reads a place; nil where the text is no ISO 6709 or names no place on Earth.
    public init?(iso6709 text: String) {
        let parts = Self.numbers(in: text)
        guard parts.count >= 2, let latitude = Self.degrees(parts[0], wholeDigits: 2),
            let longitude = Self.degrees(parts[1], wholeDigits: 3), abs(latitude) <= 90, abs(longitude) <= 180
        else { return nil }
        self.text = text
        self.latitude = latitude
        self.longitude = longitude
        altitude = parts.count > 2 ? Double(parts[2]) : nil
    }

    /// The signed numbers at the start of the text.
    private static func numbers(in text: String) -> [String] {
        var parts: [String] = []
        for character in text {
            switch character {
            case "+", "-": parts.append(String(character))
            case "0"..."9", ".":
                guard let last = parts.indices.last else { return [] }
                parts[last].append(character)
            default: return parts
            }
        }
        return parts
    }

    /// Degrees from ±D.D, ±DM.M or ±DMS.S, told apart by the number of digits before the point.
    private static func degrees(_ text: String, wholeDigits: Int) -> Double? {
        guard let sign = text.first, let value = Double(text.dropFirst()) else { return nil }
        let digits = text.dropFirst().prefix { $0 != "." }.count
        let degrees: Double
        switch digits - wholeDigits {
        case 0: degrees = value
        case 2:
            let whole = (value / 100).rounded(.towardZero)
            degrees = whole + (value - whole * 100) / 60
        case 4:
            let (whole, rest) = ((value / 10_000).rounded(.towardZero), value.truncatingRemainder(dividingBy: 10_000))
            let minutes = (rest / 100).rounded(.towardZero)
            degrees = whole + minutes / 60 + (rest - minutes * 100) / 3600
        default: return nil
        }
        return sign == "-" ? -degrees : degrees
    }
}
