/// An exact fraction, such as a frame rate (30000/1001) or a pixel's aspect ratio (64/45).
public struct Rational: Hashable, Sendable {
    /// The upper number.
    public let numerator: Int64
    /// The lower number; positive for every rational made by `init`, zero only for `unknown`.
    public let denominator: Int64

    /// The value libraries use for "not known": 0/0.
    public static let unknown = Rational(unchecked: 0, 0)

    /// Makes a fraction in lowest terms with a positive denominator; a zero denominator gives `unknown`.
    public init(_ numerator: Int64, _ denominator: Int64) {
        guard denominator != 0, numerator != .min, denominator != .min else {
            self = .unknown
            return
        }
        let divisor = Self.greatestCommonDivisor(numerator, denominator)
        let sign: Int64 = denominator < 0 ? -1 : 1
        self.init(unchecked: sign * numerator / max(1, divisor), sign * denominator / max(1, divisor))
    }

    private init(unchecked numerator: Int64, _ denominator: Int64) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The value as a floating-point number; 0 when unknown.
    public var value: Double { denominator == 0 ? 0 : Double(numerator) / Double(denominator) }

    /// Whether this is a number above zero.
    public var isPositive: Bool { denominator > 0 && numerator > 0 }

    static func greatestCommonDivisor(_ first: Int64, _ second: Int64) -> Int64 {
        var (larger, smaller) = (first.magnitude, second.magnitude)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return Int64(clamping: larger)
    }
}

extension Rational: CustomStringConvertible {
    /// The fraction as "30000/1001"; whole numbers too ("25/1").
    public var description: String { "\(numerator)/\(denominator)" }

    /// Reads "30000/1001" or "25"; nil for anything else.
    public init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let upper = parts.first.flatMap({ Int64($0) }) else { return nil }
        guard let lower = parts.count == 2 ? Int64(parts[1]) : 1 else { return nil }
        self.init(upper, lower)
    }
}

extension Rational: Codable {
    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = Rational(text: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not a fraction like 30000/1001")
            )
        }
        self = value
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
