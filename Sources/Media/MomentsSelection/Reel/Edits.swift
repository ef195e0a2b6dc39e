internal import MomentsAnalysis
internal import MomentsCore

/// What people asked for, on exact frame times: what must be shown, and what may.
struct Edits {
    /// Exactly these make the reel, in this order; empty where the choice is free.
    let segments: [TimeRange]
    /// These are in the reel, in rising order, none overlapping another.
    let pins: [TimeRange]
    /// What may be shown, in rising order: the video without what is banned.
    let free: [TimeRange]

    init(_ options: JobOptions, _ frames: FrameTimes) {
        let bans = Self.joined(options.ban.map(\.range))
        func allowed(_ range: TimeRange) -> [TimeRange] {
            var (parts, start) = ([TimeRange](), range.start)
            for ban in bans where ban.start < range.end && start < ban.end {
                if start < ban.start { parts.append(TimeRange(start: start, end: ban.start)) }
                start = max(start, ban.end)
            }
            if start < range.end { parts.append(TimeRange(start: start, end: range.end)) }
            return parts.compactMap { Self.within($0, frames) }
        }
        let whole = TimeRange(start: frames[0], end: frames.end)
        func wanted(_ ranges: [RequestedRange]) -> [TimeRange] {
            ranges.compactMap { Self.nearest($0.range, frames) }
        }
        segments = wanted(options.segments).flatMap(allowed)
        pins = Self.joined(wanted(options.pin)).flatMap(allowed)
        free = allowed(whole)
    }

    /// Whether `seconds`…`seconds + length` may be shown.
    func allows(_ start: Double, _ end: Double) -> Bool {
        free.contains { $0.start.seconds <= start + 1e-6 && end <= $0.end.seconds + 1e-6 }
    }

    /// The segment shrunk to whole frames; nil where none is left.
    ///
    /// A frame that is shown into a banned segment is not shown at all. Two microseconds are what a request's decimal
    /// fractions may be off.
    private static func within(_ range: TimeRange, _ frames: FrameTimes) -> TimeRange? {
        let grain = MediaTime(ticks: 2, timescale: 1_000_000)
        let first = frames.firstIndex(notBefore: range.start - grain)
        let last = range.end + grain >= frames.end ? frames.count : frames.index(at: range.end + grain)
        return first < last ? TimeRange(start: frames[first], end: frames[last]) : nil
    }

    /// The segment moved to the nearest frames; at least one of them, nil outside the video.
    private static func nearest(_ range: TimeRange, _ frames: FrameTimes) -> TimeRange? {
        func edge(_ time: MediaTime) -> Int {
            let after = frames.firstIndex(notBefore: time)
            guard after > 0 else { return 0 }
            return time - frames[after - 1] < frames[after] - time ? after - 1 : after
        }
        guard range.start < frames.end, range.end > frames[0] else { return nil }
        let first = min(edge(range.start), frames.count - 1)
        return TimeRange(start: frames[first], end: frames[max(edge(range.end), first + 1)])
    }

    /// The segments in rising order, those that meet made one.
    private static func joined(_ ranges: [TimeRange]) -> [TimeRange] {
        var result: [TimeRange] = []
        for range in ranges.sorted(by: { $0.start < $1.start }) {
            if let last = result.last, range.start <= last.end {
                result[result.count - 1] = TimeRange(start: last.start, end: max(last.end, range.end))
            } else {
                result.append(range)
            }
        }
        return result
    }
}
