internal import MomentsCore

/// What was marked, as a curve on the grid of the score and as words.
struct Marked {
    /// Seconds before and behind a mark in which lies what it was set for: people press when it is over.
    static let (before, behind) = (8.0, 2.0)

    /// 1 where something is marked, 0 elsewhere, with soft edges.
    let curve: [Float]
    /// The marks, in rising order.
    let marks: [Mark]

    /// Lays marks out; nil where there is none.
    ///
    /// - Parameters:
    ///   - marks: In any order.
    ///   - count: Entries of the grid.
    init?(_ marks: [Mark], count: Int) {
        guard !marks.isEmpty, count > 0 else { return nil }
        var marked = [Float](repeating: 0, count: count)
        for mark in marks {
            for index in Self.entries(mark, count: count) { marked[index] = 1 }
        }
        curve = Smoothing.gaussian(marked, spread: 0.5 / Saliency.interval)
        self.marks = marks.sorted { $0.start < $1.start }
    }

    /// The entries that a mark is about.
    static func entries(_ mark: Mark, count: Int) -> Range<Int> {
        let isMoment = mark.end - mark.start < behind
        let from = entry(mark.start - (isMoment ? before : 0), count: count)
        return from..<max(from, entry(mark.end + (isMoment ? behind : 0), count: count))
    }

    /// The entry at a time; one more than there are at the end.
    static func entry(_ seconds: Double, count: Int) -> Int {
        let place = (seconds / Saliency.interval).rounded()
        return place <= 0 ? 0 : place >= Double(count) ? count : Int(place)
    }

    /// The marks a segment is worth seeing for: those it shows, and those of whose surroundings it shows most, or nothing
    /// else.
    func words(in range: Range<Int>) -> [String] {
        let shown = marks.filter { mark in
            let about = Self.entries(mark, count: curve.count)
            let common = about.clamped(to: range).count
            let isInside = range.contains(Self.entry(mark.start, count: curve.count))
            return common > 0 && (isInside || 2 * common >= about.count || 5 * common >= 4 * range.count)
        }
        var words = shown.prefix(Self.mostNamed).map { "marked: \($0.words)" }
        if shown.count > words.count { words.append("and \(shown.count - words.count) marks more") }
        return words
    }

    /// Marks that are named for one segment.
    private static let mostNamed = 3
}
