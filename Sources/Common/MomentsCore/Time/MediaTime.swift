/// An exact moment on a video's clock: a whole number of ticks, `timescale` of them to the second.
///
/// Zero is the first frame shown. Comparing and converting never goes through floating point.
public struct MediaTime: Sendable {
    /// The number of ticks; negative before the first frame.
    public let ticks: Int64
    /// Ticks per second; always positive.
    public let timescale: Int64

    /// The first frame's time.
    public static let zero = MediaTime(ticks: 0, timescale: 1)

    /// Makes a time of `ticks` parts of a second; `timescale` must be positive.
    public init(ticks: Int64, timescale: Int64) {
        precondition(timescale > 0, "a timescale is positive")
        self.ticks = ticks
        self.timescale = timescale
    }

    /// Makes a time from a timestamp in units of `base` seconds.
    ///
    /// - Parameters:
    ///   - timestamp: The stream's own count.
    ///   - base: Seconds per count; must be positive.
    public init(timestamp: Int64, base: Rational) {
        precondition(base.isPositive, "a time base is positive")
        let (product, overflow) = timestamp.multipliedReportingOverflow(by: base.numerator)
        self.init(ticks: overflow ? (timestamp < 0 ? .min : .max) : product, timescale: base.denominator)
    }

    /// Makes the time nearest to `seconds`, to the microsecond.
    ///
    /// - Parameter seconds: Not finite counts as 0; beyond ± 10^12 is held there.
    public init(seconds: Double) {
        let held = seconds.isFinite ? min(max(seconds, -1e12), 1e12) : 0
        self.init(ticks: Int64((held * 1_000_000).rounded()), timescale: 1_000_000)
    }

    /// The time in seconds, as near as a Double can say it.
    public var seconds: Double { Double(ticks) / Double(timescale) }

    /// The time in units of another clock, rounded to the nearest, halves away from zero.
    ///
    /// - Parameter base: Seconds per unit; must be positive.
    /// - Returns: The count, held at the range of Int64.
    public func timestamp(in base: Rational) -> Int64 {
        precondition(base.isPositive, "a time base is positive")
        let (divisor, overflow) = timescale.multipliedReportingOverflow(by: base.numerator)
        guard !overflow else { return Int64((seconds / base.value).rounded()) }
        let (high, low) = ticks.magnitude.multipliedFullWidth(by: base.denominator.magnitude)
        let half = divisor.magnitude / 2
        let (sum, carry) = low.addingReportingOverflow(half)
        let top = high + (carry ? 1 : 0)
        guard top < divisor.magnitude else { return ticks < 0 ? .min : .max }
        let quotient = Int64(clamping: divisor.magnitude.dividingFullWidth((top, sum)).quotient)
        return ticks < 0 ? -quotient : quotient
    }

    /// The same moment on another timescale, rounded to its nearest tick.
    public func converted(toTimescale timescale: Int64) -> MediaTime {
        guard timescale != self.timescale else { return self }
        return MediaTime(ticks: timestamp(in: Rational(1, timescale)), timescale: timescale)
    }
}

extension MediaTime: Comparable, Hashable {
    /// Whether both name the same moment, on whatever timescale.
    public static func == (first: MediaTime, second: MediaTime) -> Bool {
        first.ticks.multipliedFullWidth(by: second.timescale) == second.ticks.multipliedFullWidth(by: first.timescale)
    }

    /// Whether `first` comes before `second`.
    public static func < (first: MediaTime, second: MediaTime) -> Bool {
        first.ticks.multipliedFullWidth(by: second.timescale) < second.ticks.multipliedFullWidth(by: first.timescale)
    }

    /// Feeds the reduced fraction, so that equal times hash alike.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(Rational(ticks, timescale))
    }
}

extension MediaTime {
    /// The sum; exact while the two timescales have a common multiple below 2^62, else to the nanosecond.
    public static func + (first: MediaTime, second: MediaTime) -> MediaTime {
        combine(first, second) { $0.addingReportingOverflow($1) }
    }

    /// The difference; exact under the same rule as the sum.
    public static func - (first: MediaTime, second: MediaTime) -> MediaTime {
        combine(first, second) { $0.subtractingReportingOverflow($1) }
    }

    private static func combine(
        _ first: MediaTime,
        _ second: MediaTime,
        _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
    ) -> MediaTime {
        let divisor = Rational.greatestCommonDivisor(first.timescale, second.timescale)
        let (common, overflow) = (first.timescale / divisor).multipliedReportingOverflow(by: second.timescale)
        let timescale = overflow || common > 1 << 62 ? 1_000_000_000 : common
        let one = first.converted(toTimescale: timescale).ticks
        let other = second.converted(toTimescale: timescale).ticks
        let (ticks, lost) = operation(one, other)
        return MediaTime(ticks: lost ? (one < 0 ? .min : .max) : ticks, timescale: timescale)
    }
}

extension MediaTime: Codable {
    private enum CodingKeys: String, CodingKey {
        case ticks
        case timescale
    }

    /// Reads `{"ticks": …, "timescale": …}`; refuses a timescale that is not positive.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let timescale = try container.decode(Int64.self, forKey: .timescale)
        guard timescale > 0 else {
            throw DecodingError.dataCorruptedError(
                forKey: .timescale,
                in: container,
                debugDescription: "a timescale is positive, not \(timescale)"
            )
        }
        self.init(ticks: try container.decode(Int64.self, forKey: .ticks), timescale: timescale)
    }
}
