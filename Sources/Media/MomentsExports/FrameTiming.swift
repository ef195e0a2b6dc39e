public import MomentsCore

/// How a video's frames follow each other, by its packets alone.
public struct FrameTiming: Encodable, Hashable, Sendable {
    /// The shortest, average and longest of some lengths of time.
    public struct Spread: Encodable, Hashable, Sendable {
        /// The shortest, in seconds.
        public let shortest: Double
        /// The average, in seconds.
        public let average: Double
        /// The longest, in seconds.
        public let longest: Double

        init?(_ ticks: [Int64], _ base: Rational) {
            guard let shortest = ticks.min(), let longest = ticks.max() else { return nil }
            let total = ticks.reduce(0) { $0 + Double($1) }
            self.shortest = MediaTime(timestamp: shortest, base: base).exportedSeconds
            self.longest = MediaTime(timestamp: longest, base: base).exportedSeconds
            average = (total / Double(ticks.count) * base.value * 1_000_000).rounded() / 1_000_000
        }
    }

    /// The number of frames shown.
    public let frames: Int
    /// The number of those at which decoding can start.
    public let keyframes: Int
    /// From one frame to the next; nil for a single one.
    public let interval: Spread?
    /// From one keyframe to the next; nil for a single one.
    public let keyframeInterval: Spread?
    /// Whether the time from one frame to the next varies by more than the clock's own rounding.
    public let isVariable: Bool

    private enum CodingKeys: String, CodingKey {
        case frames = "pictures"
        case keyframes = "key_pictures"
        case interval
        case keyframeInterval = "key_interval"
    }

    /// Measures the times of a stream's frames.
    ///
    /// The rate counts as variable when more than one interval in two hundred is off the median by more than 5 % and
    /// two ticks: a single lost frame does not make a recording variable, and neither does a clock of milliseconds.
    ///
    /// - Parameters:
    ///   - times: When the frames are shown, in ticks, in any order.
    ///   - keyframeTimes: The same for the keyframes.
    ///   - base: Seconds per tick; must be positive.
    public init(times: [Int64], keyframeTimes: [Int64], base: Rational) {
        let intervals = Self.gaps(times)
        frames = times.count
        keyframes = keyframeTimes.count
        interval = Spread(intervals, base)
        keyframeInterval = Spread(Self.gaps(keyframeTimes), base)
        let median = intervals.isEmpty ? 0 : intervals.sorted()[intervals.count / 2]
        let tolerance = max(2, Double(median) * 0.05)
        let off = intervals.count { abs(Double($0 - median)) > tolerance }
        isVariable = off > 1 && off * 200 > intervals.count
    }

    private static func gaps(_ times: [Int64]) -> [Int64] {
        let sorted = times.sorted()
        return zip(sorted, sorted.dropFirst()).map { $1 - $0 }
    }
}
