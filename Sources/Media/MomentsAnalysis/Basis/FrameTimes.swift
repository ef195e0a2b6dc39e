public import MomentsCore

/// When each decoded frame is shown: what edges of shots are placed on.
public struct FrameTimes: Hashable, Codable, Sendable {
    /// Ticks per second of every entry of `ticks`.
    public let timescale: Int64
    /// The frames' times in ticks, rising, in the order they are shown.
    @Packed public private(set) var ticks: [Int64]
    /// When the last frame has been shown.
    public private(set) var end: MediaTime

    /// Makes an empty table on a clock of `timescale` ticks per second; must be positive.
    public init(timescale: Int64) {
        precondition(timescale > 0, "a timescale is positive")
        self.timescale = timescale
        ticks = []
        end = .zero
    }

    /// The number of frames.
    public var count: Int { ticks.count }

    /// When frame `index` is shown; the end of the last one for the first index past it.
    public subscript(index: Int) -> MediaTime {
        index < ticks.count ? MediaTime(ticks: ticks[index], timescale: timescale) : end
    }

    /// Adds the next frame; a time that does not rise is moved one tick past the last.
    public mutating func append(_ time: MediaTime) {
        let tick = time.converted(toTimescale: timescale).ticks
        ticks.append(ticks.last.map { max($0 + 1, tick) } ?? tick)
    }

    /// Sets when the last frame has been shown; held behind its start.
    public mutating func finish(at time: MediaTime) {
        guard let last = ticks.last else { return }
        end = max(time, MediaTime(ticks: last + 1, timescale: timescale))
    }

    /// The frame shown at `time`, found by halving: the last whose time is not later; 0 before the first.
    public func index(at time: MediaTime) -> Int {
        max(0, firstIndex(after: time) - 1)
    }

    /// The first frame whose time is not before `time`; `count` when there is none.
    public func firstIndex(notBefore time: MediaTime) -> Int {
        search { MediaTime(ticks: $0, timescale: timescale) < time }
    }

    private func firstIndex(after time: MediaTime) -> Int {
        search { MediaTime(ticks: $0, timescale: timescale) <= time }
    }

    private func search(_ isBefore: (Int64) -> Bool) -> Int {
        var (low, high) = (0, ticks.count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(ticks[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
