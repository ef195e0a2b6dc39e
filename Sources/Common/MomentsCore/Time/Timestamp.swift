internal import FoundationEssentials

/// A moment of the wall clock, written as RFC 3339 in UTC with milliseconds ("2026-11-21T02:16:00.000Z").
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Whole milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int64

    /// Makes a moment from milliseconds since 1970; what lies outside the years 1 to 9999 counts as their edge.
    ///
    /// Some file systems keep any number a stranger gives a file as its time.
    public init(milliseconds: Int64) { self.milliseconds = min(max(milliseconds, Self.first), Self.last) }

    private static let first: Int64 = -62_135_596_800_000
    private static let last: Int64 = 253_402_300_799_999

    /// Makes a moment from seconds and nanoseconds since 1970, as the kernel gives them.
    public init(seconds: Int, nanoseconds: Int) {
        self.init(
            milliseconds: min(max(Int64(seconds), Self.first / 1000), Self.last / 1000) * 1000 + Int64(nanoseconds)
                / 1_000_000
        )
    }

    /// The current moment.
    public static var now: Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    /// The moment `seconds` later.
    public func adding(seconds: Double) -> Timestamp {
        Timestamp(milliseconds: milliseconds + Self.whole(seconds * 1000))
    }

    /// Seconds from `other` to this moment; negative when `other` is later.
    public func seconds(since other: Timestamp) -> Double { Double(milliseconds - other.milliseconds) / 1000 }

    /// Whether `first` is earlier.
    public static func < (first: Timestamp, second: Timestamp) -> Bool { first.milliseconds < second.milliseconds }

    /// A number of milliseconds as a whole one; what is out of any range counts as its edge.
    private static func whole(_ milliseconds: Double) -> Int64 {
        milliseconds.isNaN ? 0 : Int64(min(max(milliseconds, -1e15), 1e15))
    }

    private static func secondsAndRest(_ milliseconds: Int64) -> (Int64, Int64) {
        let rest = ((milliseconds % 1000) + 1000) % 1000
        return ((milliseconds - rest) / 1000, rest)
    }

    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    private static let wholeSeconds = Date.ISO8601FormatStyle()
}

extension Timestamp: CustomStringConvertible {
    /// The RFC 3339 text.
    public var description: String {
        // Whole seconds by the formatter, the rest by hand: it cuts 0.005 off to 0.004.
        let (whole, rest) = Self.secondsAndRest(milliseconds)
        let clock = Date(timeIntervalSince1970: Double(whole)).formatted(Self.wholeSeconds)
        return clock.dropLast() + "." + String(rest + 1000).dropFirst() + "Z"
    }

    /// Reads RFC 3339, with or without fractions of a second; nil for anything else.
    public init?(text: String) {
        guard let date = (try? Self.style.parse(text)) ?? (try? Self.wholeSeconds.parse(text)) else { return nil }
        self.init(milliseconds: Self.whole((date.timeIntervalSince1970 * 1000).rounded()))
    }
}

extension Timestamp: Codable {
    /// Reads the RFC 3339 text.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = Timestamp(text: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not an RFC 3339 time")
            )
        }
        self = value
    }

    /// Writes the RFC 3339 text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
