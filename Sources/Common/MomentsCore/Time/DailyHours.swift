/// Stretches of the day in which work is done, such as 22:00-06:00; pure.
public struct DailyHours: Hashable, Sendable {
    /// One period, in seconds since midnight; one that ends before it begins goes over midnight.
    private struct Period: Hashable, Sendable {
        let start: Int
        let end: Int
    }

    private let periods: [Period]

    /// Reads words such as "22:00-06:00"; nil for anything else, or for no word at all.
    public init?(_ words: [String]) {
        var periods: [Period] = []
        for word in words {
            let ends = word.split(separator: "-", omittingEmptySubsequences: false).map(Self.second)
            guard ends.count == 2, let start = ends[0], let end = ends[1], start != end else { return nil }
            periods.append(Period(start: start, end: end))
        }
        guard !periods.isEmpty else { return nil }
        self.periods = periods
    }

    /// Whether a moment lies inside.
    ///
    /// - Parameter second: Seconds since midnight, 0–86,399.
    /// - Returns: Whether one of the periods holds it.
    public func contains(_ second: Int) -> Bool {
        periods.contains { period in
            period.start < period.end
                ? (period.start..<period.end).contains(second) : second >= period.start || second < period.end
        }
    }

    /// Seconds until the next beginning or end of a period.
    public func secondsToChange(from second: Int) -> Double {
        let waits = periods.flatMap { [$0.start, $0.end] }.map { edge in (edge - second + 86_400) % 86_400 }
        return Double(waits.map { $0 == 0 ? 86_400 : $0 }.min() ?? 86_400)
    }

    /// The second of a time such as "6:30" or "24:00"; nil for anything else.
    private static func second(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy {
            (1...2).contains($0.utf8.count) && $0.utf8.allSatisfy { (48...57).contains($0) }
        }
        guard parts.count == 2, isPlain, parts[1].count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
            minute < 60, hour < 24 || hour == 24 && minute == 0
        else { return nil }
        return hour * 3600 + minute * 60
    }
}
