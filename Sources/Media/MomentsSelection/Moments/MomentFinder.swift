/// Finds the segments worth showing.
///
/// Each second shown must earn its price. The segment with the most saliency above that price then ends by itself where
/// a moment ends, and a long lukewarm segment does not beat a short hot one.
struct MomentFinder {
    /// What a second of the reel must bring: a moment begins and ends where saliency passes this.
    static let price: Float = 0.22
    /// Seconds of the longest shot.
    static let longest = 10.0
    /// Seconds of the shortest shot.
    static let shortest = 1.5
    /// Seconds a cut inside a shot costs in saliency: one scene is preferred, a fast montage still possible.
    private static let cutPrice: Float = 0.25

    private let gain: [Float]
    private let saliency: [Float]
    private let placement: [Float]
    private let scene: [Int]
    private let usable: [Bool]
    private let starts: StartGrid

    /// Prepares the search.
    ///
    /// - Parameters:
    ///   - saliency: How much each entry stands out.
    ///   - placement: Where in a moment a shot is best placed.
    ///   - usable: Entries that may be shown.
    ///   - scene: The scene of each entry.
    ///   - starts: Where shots can begin so that they are shown as they were coded.
    init(saliency: [Float], placement: [Float], usable: [Bool], scene: [Int], starts: StartGrid) {
        self.saliency = saliency
        self.placement = placement
        self.usable = usable
        self.starts = starts
        self.scene = scene
        gain = saliency.map { ($0 - Self.price) * Float(Saliency.interval) }
    }

    /// The segments worth their time, best first, none overlapping another; at most 200.
    func moments() -> [Moment] {
        var free = usable
        var candidates = gain.indices.map { best(from: $0, free) }
        var chosen: [Moment] = []
        while chosen.count < 200 {
            var top: Moment?
            for case let candidate? in candidates where candidate.value > top?.value ?? 0 { top = candidate }
            guard let top else { break }
            chosen.append(bound(top))
            for index in top.start..<top.end { free[index] = false }
            // Only what could reach into the segment just taken has changed.
            for index in max(0, top.start - Int(Self.longest / Saliency.interval))..<top.end {
                candidates[index] = best(from: index, free)
            }
        }
        return chosen
    }

    /// The best placed segment of exactly `length` entries inside `range`; nil where none is usable.
    ///
    /// One that can be shown as it was coded is preferred to one a little better placed.
    func best(length: Int, inside range: Range<Int>) -> Range<Int>? {
        guard length > 0, length <= range.count else { return nil }
        var (found, highest): (Range<Int>?, Float) = (nil, -.infinity)
        var (easy, highestEasy): (Range<Int>?, Float) = (nil, -.infinity)
        for start in range.lowerBound...range.upperBound - length {
            let segment = start..<start + length
            guard !usable[segment].contains(false) else { continue }
            let sum = placed(segment)
            if sum > highest { (found, highest) = (segment, sum) }
            if starts.suits(start), sum > highestEasy { (easy, highestEasy) = (segment, sum) }
        }
        return starts.isBinding && easy != nil || highestEasy > Self.easily * highest ? easy : found
    }

    /// Whether a shot that begins with an entry costs too much to be a mere filler.
    func isDear(_ entry: Int) -> Bool { starts.isBinding && !starts.suits(entry) }

    /// The moment from where it can be shown as it was coded, if shots are bound to that; a short part of it where
    /// there is no such place, or nothing is left of it there.
    private func bound(_ moment: Moment) -> Moment {
        guard starts.isBinding, !starts.suits(moment.start) else { return moment }
        func part(_ range: Range<Int>) -> Moment {
            let sum = gain[range].reduce(0, +)
            return Moment(start: range.lowerBound, end: range.upperBound, value: sum, peak: peak(range))
        }
        if let first = starts.first(in: moment, leaving: Self.least) {
            let rest = part(first..<moment.end)
            if rest.peak > Self.kept * moment.peak { return rest }
        }
        let range = moment.start..<moment.end
        guard let short = best(length: min(moment.length, Self.dear), inside: range) else { return moment }
        return part(short)
    }

    /// The fewest entries a shot is taken from: edges next to cuts are moved away from them.
    private static let least = Int(((shortest + 0.3) / Saliency.interval).rounded())
    /// Entries of a moment shown where all of them must be encoded dearly: two seconds.
    private static let dear = Int(2 / Saliency.interval)
    /// The share of its peak that the rest of a moment must have.
    private static let kept: Float = 0.7

    /// The share of the best place's worth for which a shot is put where it can be shown as it was coded.
    private static let easily: Float = 0.8

    /// How well a segment is placed.
    private func placed(_ segment: Range<Int>) -> Float {
        var sum: Float = 0
        for index in segment {
            sum += placement[index] * Float(Saliency.interval)
            // A cut inside costs what two seconds of an ordinary moment bring.
            if index > segment.lowerBound, scene[index] != scene[index - 1] { sum -= 2 }
        }
        return sum
    }

    /// Mean saliency of the best three seconds of a segment.
    func peak(_ segment: Range<Int>) -> Float {
        let length = min(segment.count, Int(3 / Saliency.interval))
        var sum = saliency[segment.lowerBound..<segment.lowerBound + length].reduce(0, +)
        var highest = sum
        for index in segment.dropFirst(length) {
            sum += saliency[index] - saliency[index - length]
            highest = max(highest, sum)
        }
        return highest / Float(max(1, length))
    }

    /// The moment made longer inside its scenes, entry by entry on the side where more goes on.
    ///
    /// - Parameters:
    ///   - moment: The moment.
    ///   - entries: How much longer it may get; it never gets longer than a shot may be.
    ///   - others: Moments it must not run into.
    /// - Returns: The longer moment.
    func lengthened(_ moment: Moment, by entries: Int, avoiding others: [Moment]) -> Moment {
        var grown = moment
        let most = min(moment.length + entries, Int(Self.longest / Saliency.interval))
        func isFree(_ index: Int, _ neighbour: Int) -> Bool {
            usable.indices.contains(index) && usable[index] && scene[index] == scene[neighbour]
                && !others.contains { $0.start <= index && index < $0.end }
        }
        if isDear(moment.start) { return moment }
        while grown.length < most {
            let mayBegin = !starts.isBinding && isFree(grown.start - 1, grown.start)
            let before = mayBegin ? saliency[grown.start - 1] : -1
            let after = isFree(grown.end, grown.end - 1) ? saliency[grown.end] : -1
            if max(before, after) < 0 { break }
            if before > after { grown.start -= 1 } else { grown.end += 1 }
        }
        return grown
    }

    /// The middle of the longest segment that may be shown, whatever it is worth; nil where nothing may.
    func longestRun(atMost seconds: Double) -> Moment? {
        var (best, run) = (0..<0, 0)
        for index in 0...usable.count {
            if index < usable.count, usable[index] {
                run += 1
                continue
            }
            if run > best.count { best = index - run..<index }
            run = 0
        }
        guard !best.isEmpty else { return nil }
        let length = min(best.count, max(1, Int(min(seconds, Self.longest) / Saliency.interval)))
        let start = best.lowerBound + (best.count - length) / 2
        return Moment(start: start, end: start + length, value: 0, peak: peak(start..<start + length))
    }

    private func best(from start: Int, _ free: [Bool]) -> Moment? {
        guard gain[start] > 0 else { return nil }
        let most = min(gain.count, start + Int(Self.longest / Saliency.interval))
        var (sum, highest, end): (Float, Float, Int) = (0, 0, start)
        for index in start..<most {
            guard free[index] else { break }
            sum += gain[index]
            if index > start, scene[index] != scene[index - 1] { sum -= Self.cutPrice }
            if sum > highest, index + 1 - start >= Self.least { (highest, end) = (sum, index + 1) }
        }
        guard end > start else { return nil }
        return Moment(start: start, end: end, value: highest, peak: peak(start..<end))
    }
}
