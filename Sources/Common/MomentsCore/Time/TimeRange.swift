/// A segment of video: from the first frame shown up to, not including, `end`.
public struct TimeRange: Hashable, Codable, Sendable {
    /// When the first frame is shown.
    public let start: MediaTime
    /// When the last frame has been shown; never before `start`.
    public let end: MediaTime

    /// Makes a segment; an `end` before `start` gives an empty one at `start`.
    public init(start: MediaTime, end: MediaTime) {
        self.start = start
        self.end = max(start, end)
    }

    /// How long the segment lasts.
    public var duration: MediaTime { end - start }

    /// Whether `time` lies inside; the end does not.
    public func contains(_ time: MediaTime) -> Bool { start <= time && time < end }

    /// The part both share, or nil when they do not meet.
    public func intersection(_ other: TimeRange) -> TimeRange? {
        let (latest, earliest) = (max(start, other.start), min(end, other.end))
        return latest < earliest ? TimeRange(start: latest, end: earliest) : nil
    }
}

extension TimeRange {
    /// The same segment, later by so much.
    public func moved(by offset: MediaTime) -> TimeRange { TimeRange(start: start + offset, end: end + offset) }

    /// What is left of it without others, rising; nothing of it is empty.
    public func without(_ others: [TimeRange]) -> [TimeRange] {
        var (rest, from) = ([TimeRange](), start)
        for other in others.sorted(by: { $0.start < $1.start }) where other.end > from && other.start < end {
            if other.start > from { rest.append(TimeRange(start: from, end: other.start)) }
            from = max(from, other.end)
        }
        if from < end { rest.append(TimeRange(start: from, end: end)) }
        return rest
    }
}
