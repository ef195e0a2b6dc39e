/// Stretches of the day in which work is done, such as 22:00-06:00; pure.
public struct DailyHours: Hashable, Sendable {
    /// One stretch, in seconds since midnight; one that ends before it begins goes over midnight.
    private struct Stretch: Hashable, Sendable {
        let start: Int
        let end: Int
    }

    private let stretches: [Stretch]

    /// Reads words such as "22:00-06:00"; nil for anything else, or for no word at all.
    public init?(_ words: [String]) {
        var stretches: [Stretch] = []
        for word in words {
            let ends = word.split(separator: "-", omittingEmptySubsequences: false).map(Self.second)
            guard ends.count == 2, let start = ends[0], let end = ends[1], start != end else { return nil }
            stretches.append(Stretch(start: start, end: end))
        }
        guard !stretches.isEmpty else { return nil }
        self.stretches = stretches
    }

    /// Whether a moment lies inside.
    ///
    /// - Parameter second: Seconds since midnight, 0–86,399.
    /// - Returns: Whether one of the stretches holds it.
    public func contains(_ second: Int) -> Bool {
        stretches.contains { stretch in
            stretch.start < stretch.end
                ? (stretch.start..<stretch.end).contains(second) : second >= stretch.start || second < stretch.end
        }
    }

    /// Seconds until the next beginning or end of a stretch.
    public func secondsToChange(from second: Int) -> Double {
        let waits = stretches.flatMap { [$0.start, $0.end] }.map { edge in (edge - second + 86_400) % 86_400 }
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
