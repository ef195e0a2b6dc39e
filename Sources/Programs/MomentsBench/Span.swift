/// A stretch of a video in seconds: its start belongs to it, its end does not.
public struct Span: Hashable, Sendable {
    /// Where it starts.
    public var start: Double
    /// Where it ends.
    public var end: Double

    /// Makes a stretch.
    public init(_ start: Double, _ end: Double) {
        self.start = start
        self.end = end
    }

    /// How long it is, in seconds.
    public var seconds: Double { end - start }

    /// How much of it another one covers, in seconds.
    public func overlap(_ other: Span) -> Double { max(0, min(end, other.end) - max(start, other.start)) }
}

extension [Span] {
    /// The seconds of all of them.
    public var seconds: Double { reduce(0) { $0 + $1.seconds } }

    /// The seconds of a stretch that all of them together cover, each counted by itself.
    func overlap(_ span: Span) -> Double { reduce(0) { $0 + $1.overlap(span) } }

    /// How far two reels show the same: the seconds in both as a share of the longer one.
    ///
    /// - Parameter other: The other reel.
    /// - Returns: 0 (nothing in common) to 1 (the same); 1 for two empty reels.
    public func agreement(with other: [Span]) -> Double {
        let (mine, theirs) = (merged, other.merged)
        let longest = Swift.max(mine.seconds, theirs.seconds)
        guard longest > 0 else { return 1 }
        return mine.reduce(0) { $0 + theirs.overlap($1) } / longest
    }

    /// The same seconds in order, none of them twice.
    var merged: [Span] {
        sorted { $0.start < $1.start }.reduce(into: []) { merged, span in
            guard let last = merged.last, span.start <= last.end else { return merged.append(span) }
            merged[merged.count - 1].end = Swift.max(last.end, span.end)
        }
    }
}
