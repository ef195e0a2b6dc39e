internal import MomentsMedia

/// The coded frames around a shot, and where their coded order can be cut.
///
/// Before a cut stands, in coded order, exactly what is shown before it.
struct CodedSegment {
    private let entries: [PacketIndex.Entry]
    private let start: Int64
    private let end: Int64
    /// The places looked at.
    private let window: Range<Int>
    /// The places at which the order can be cut, rising.
    private let cuts: [Int]
    /// How many frames the shot shows.
    let frameCount: Int

    /// Finds the frames shown from `start` on and before `end`, in ticks.
    init(_ entries: [PacketIndex.Entry], from start: Int64, to end: Int64) {
        self.entries = entries
        (self.start, self.end) = (start, end)
        var (first, last, count) = (entries.count, -1, 0)
        for (place, entry) in entries.enumerated() where entry.pts >= start && entry.pts < end {
            first = min(first, place)
            last = place
            if !entry.isDiscarded { count += 1 }
        }
        frameCount = count
        window = first > last ? 0..<0 : max(0, first - Self.margin)..<min(entries.count, last + 1 + Self.margin)
        cuts = Self.cuts(entries, window)
    }

    private static func cuts(_ entries: [PacketIndex.Entry], _ window: Range<Int>) -> [Int] {
        var earliest = [Int64](repeating: .max, count: window.count + 1)
        for place in window.reversed() {
            earliest[place - window.lowerBound] = min(
                earliest[place - window.lowerBound + 1],
                entries[place].pts
            )
        }
        var (latest, cuts) = (Int64.min, [Int]())
        for place in window.lowerBound...window.upperBound {
            if latest < earliest[place - window.lowerBound] { cuts.append(place) }
            if place < window.upperBound { latest = max(latest, entries[place].pts) }
        }
        return cuts
    }

    /// The keyframes inside the shot at which the order can be cut.
    var candidates: [Int] {
        cuts.filter { place in
            place < window.upperBound && entries[place].isKeyframe && entries[place].pts >= start
                && entries[place].pts < end
        }
    }

    /// The longest segment from a cut on of which all is shown in the shot, except what is shown before its first
    /// frame; nil where there is none.
    func run(from first: Int) -> Range<Int>? {
        var last = first
        let begin = entries[first].pts
        var (place, isWhole) = (first, true)
        for cut in cuts where cut > first {
            while place < cut, isWhole {
                let entry = entries[place]
                isWhole = entry.pts < begin || !entry.isDiscarded && entry.pts < end
                place += 1
            }
            if !isWhole { break }
            last = cut
        }
        return last > first ? first..<last : nil
    }

    /// When the last frame of the shot is shown; nil for none.
    var last: Int64? {
        entries[window].lazy.filter { !$0.isDiscarded && $0.pts >= start && $0.pts < end }
            .map(\.pts).max()
    }

    /// Whether the shot shows frames before a time, in ticks.
    func hasFrames(before time: Int64) -> Bool {
        entries[window].contains { !$0.isDiscarded && $0.pts >= start && $0.pts < time }
    }

    /// When the first frame of the shot behind a run is shown; nil where the run reaches the shot's end.
    func shown(after run: Range<Int>) -> Int64? {
        entries[run.upperBound..<window.upperBound].lazy
            .filter { !$0.isDiscarded && $0.pts < end }
            .map(\.pts).min()
    }

    /// How many frames of a run are shown from its first one on.
    func shownCount(of run: Range<Int>) -> Int { shown(of: run).count }

    /// How many frames of a run are decoded before one that is shown earlier, at most.
    func delay(of run: Range<Int>) -> Int {
        let times = shown(of: run)
        let order = times.indices.sorted { times[$0] < times[$1] }
        return order.enumerated().map { rank, place in place - rank }.max() ?? 0
    }

    private func shown(of run: Range<Int>) -> [Int64] {
        entries[run].map(\.pts).filter { $0 >= entries[run.lowerBound].pts }
    }

    /// More frames than H.264 or H.265 can hold back.
    private static let margin = 40
}
