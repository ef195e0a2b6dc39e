internal import CLibAV
public import MomentsCore

/// A named segment of a file, as its container says.
public struct Chapter: Hashable, Sendable {
    /// Its name; text of a stranger, empty where there is none.
    public let title: String
    /// Where it starts, on the clock of whoever lists it.
    public let start: MediaTime
    /// Where it ends, on the clock of whoever lists it.
    public let end: MediaTime

    init(_ other: Chapter, startingAt origin: MediaTime) {
        title = other.title
        start = other.start - origin
        end = other.end - origin
    }

    init(_ raw: AVChapter) {
        let base = Rational(Int64(raw.time_base.num), Int64(raw.time_base.den))
        let unit = base.isPositive ? base : Rational(1, 1000)
        title = readTags(raw.metadata)["title"] ?? ""
        start = MediaTime(timestamp: raw.start, base: unit)
        end = MediaTime(timestamp: raw.end, base: unit)
    }
}
