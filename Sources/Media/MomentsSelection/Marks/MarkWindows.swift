internal import MomentsAnalysis
internal import MomentsCore

/// Finds what of a video must be shown because somebody marked it.
///
/// A mark is set when the moment is over, so that its window leans back: 8 s before it to 2 s behind, or what stands out
/// in there. Where the windows take longer than the reel they share it; where not even a short shot is left for each, the
/// better ones are shown.
struct MarkWindows {
    /// What must be shown: ranges of entries, rising, apart.
    private(set) var windows: [Range<Int>] = []
    /// How many marks found no room.
    private(set) var left = 0

    /// A mark and the entries around it that may be shown.
    private struct Wish {
        /// The entry in which the mark was set.
        let place: Int
        /// All that would be shown.
        let window: Range<Int>
        /// What its best part is worth.
        let worth: Float
    }

    private let score: MomentScore
    private let saliency: Saliency
    private let scene: [Int]

    /// Finds windows.
    ///
    /// - Parameters:
    ///   - marks: What was marked; long stretches of the video are no moments and find none here.
    ///   - score: What each entry is worth.
    ///   - saliency: How far it stands out.
    ///   - scene: Its scene.
    ///   - usable: Whether it may be shown.
    ///   - entries: How many there is room for.
    init(_ marks: [Mark], _ score: MomentScore, _ saliency: Saliency, scene: [Int], usable: [Bool], entries: Int) {
        (self.score, self.saliency, self.scene) = (score, saliency, scene)
        let moments = marks.filter { $0.end - $0.start <= Self.longest }
        let wishes = moments.compactMap { wish($0, usable: usable) }
        guard entries >= Self.least else {
            left = wishes.count
            return
        }
        var wanted = wishes
        let shares = { [self] (wishes: [Wish], most: Int) in Self.joined(wishes.map { part(of: $0, most: most) }) }
        // What is worth least goes first; of two alike the later one.
        let order = wishes.indices.sorted { (wishes[$0].worth, -$0) < (wishes[$1].worth, -$1) }
        var kept = Set(wishes.indices)
        for index in order where Self.length(shares(wanted, Self.least)) > entries {
            kept.remove(index)
            wanted = kept.sorted().map { wishes[$0] }
        }
        left = wishes.count - wanted.count
        var (low, high) = (Self.least, Self.least)
        for wish in wanted { high = max(high, wish.window.count) }
        while low < high {
            let middle = (low + high + 1) / 2
            if Self.length(shares(wanted, middle)) <= entries { low = middle } else { high = middle - 1 }
        }
        windows = shares(wanted, low)
    }

    /// Seconds of a stretch from which on it is no moment.
    private static let longest = 15.0
    /// The fewest entries that a mark gets.
    private static let least = Int((ShotLength.shortest / Saliency.interval).rounded()) + 1
    /// The fewest entries of what stands out that are shown alone.
    private static let leastFitted = Int(4 / Saliency.interval)
    /// Seconds shown before and behind what stands out.
    private static let (lead, tail) = (1.6, 1.0)
    /// Seconds of another scene at an edge that are a stumble.
    private static let stumble = 2.0
    /// Standard deviations by which a part of a window must be better to be shown instead of what the mark stands in.
    private static let better: Float = 0.5

    /// What would be shown for a mark if there were room for all; nil where nothing of it may be shown.
    private func wish(_ mark: Mark, usable: [Bool]) -> Wish? {
        let count = score.count
        let about = Marked.entries(mark, count: count)
        guard let place = nearest(to: min(Marked.entry(mark.start, count: count), count - 1), in: about, usable) else {
            return nil
        }
        // All that may be shown around it without a gap.
        var (from, to) = (place, place + 1)
        while from > about.lowerBound, usable[from - 1] { from -= 1 }
        while to < about.upperBound, usable[to] { to += 1 }
        let window = fitted(withoutRests(of: from..<to, around: place), around: place)
        return Wish(place: place, window: window, worth: Moment(best(window, of: Self.least), score.total).mean)
    }

    /// The entry next to a mark that may be shown.
    private func nearest(to place: Int, in about: Range<Int>, _ usable: [Bool]) -> Int? {
        about.filter { usable[$0] }.min { abs($0 - place) < abs($1 - place) }
    }

    /// A window without short rests of other scenes at its edges.
    private func withoutRests(of window: Range<Int>, around place: Int) -> Range<Int> {
        let reach = Int(Self.stumble / Saliency.interval)
        var (from, to) = (window.lowerBound, window.upperBound)
        for cut in window.dropFirst() where scene[cut] != scene[cut - 1] {
            if cut <= place, cut - window.lowerBound <= reach { from = cut }
            if cut > place, window.upperBound - cut <= reach { to = min(to, cut) }
        }
        return from..<to
    }

    /// A window narrowed to what stands out in it, where something does and not all of it.
    private func fitted(_ window: Range<Int>, around place: Int) -> Range<Int> {
        let outstanding = window.filter { saliency.total[$0] >= ScoreWeights.outstanding }
        guard let first = outstanding.first, let last = outstanding.last,
            outstanding.count >= Int(0.6 / Saliency.interval), outstanding.count < window.count * 2 / 3
        else { return window }
        var from = max(window.lowerBound, min(first - Int(Self.lead / Saliency.interval), place))
        let to = min(window.upperBound, max(last + 1 + Int(Self.tail / Saliency.interval), place + 2))
        from = max(window.lowerBound, min(from, to - Self.leastFitted))
        return from..<max(to, min(window.upperBound, from + Self.leastFitted))
    }

    /// What is shown of a window where there is room for so many entries.
    private func part(of wish: Wish, most: Int) -> Range<Int> {
        let window = wish.window
        guard window.count > most else { return window }
        // As the whole window does, the part leans back from its mark.
        let share = Marked.before / (Marked.before + Marked.behind)
        let from = wish.place - Int((share * Double(most)).rounded())
        let start = min(max(window.lowerBound, from), window.upperBound - most)
        let (usual, other) = (start..<start + most, best(window, of: most))
        func mean(_ range: Range<Int>) -> Float { Moment(range, score.total).mean }
        return mean(other) > mean(usual) + Self.better * score.spread ? other : usual
    }

    /// The part of a window that is worth most; the earliest of those alike.
    private func best(_ window: Range<Int>, of length: Int) -> Range<Int> {
        guard window.count > length else { return window }
        let places = window.lowerBound...(window.upperBound - length)
        let sums = places.map { score.total[$0..<$0 + length].reduce(0, +) }
        let top = sums.indices.reduce(0) { sums[$1] > sums[$0] + 1e-4 ? $1 : $0 }
        return places.lowerBound + top..<places.lowerBound + top + length
    }

    private static func length(_ windows: [Range<Int>]) -> Int { windows.reduce(0) { $0 + $1.count } }

    /// The ranges in rising order; those that meet, or nearly, are one.
    private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
        ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { joined, range in
            guard let last = joined.last, range.lowerBound <= last.upperBound + 1 else { return joined.append(range) }
            joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
        }
    }
}
