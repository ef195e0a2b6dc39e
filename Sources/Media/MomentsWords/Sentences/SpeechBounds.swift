/// Moves the edges of sentences to where the sound pauses: subtitles come early and linger, and times of words within a
/// cue are guesses.
struct SpeechBounds {
    private let pauses: [Range<Double>]

    /// Seconds an edge may be moved.
    private static let reach = 0.7
    /// Seconds that are left of a sentence.
    private static let least = 0.05

    /// Takes pauses of the sound, in order, in seconds.
    init(_ pauses: [Range<Double>]) { self.pauses = pauses }

    /// The sentences with their edges at pauses, where there are any near.
    func moved(_ sentences: [Sentence]) -> [Sentence] {
        guard !pauses.isEmpty else { return sentences }
        var moved = sentences
        for index in moved.indices where !moved[index].isMark {
            let before = index > 0 ? moved[index - 1] : nil
            let end = moved[index].end
            let isAfterGap = before.map { moved[index].start - $0.end > 2 * Self.reach } ?? true
            if isAfterGap, let pause = nearest(moved[index].start, \.upperBound), pause < end - Self.least {
                moved[index].start = pause
            }
            let start = moved[index].start
            let next = index + 1 < moved.count ? moved[index + 1] : nil
            guard let next, next.start - end <= 2 * Self.reach else {
                if let pause = nearest(end, \.lowerBound), pause > start + Self.least { moved[index].end = pause }
                continue
            }
            // Two sentences with little between them part in one pause.
            let middle = (end + next.start) / 2
            let low = max(end - Self.reach, (start + end) / 2)
            let high = min(next.start + Self.reach, (next.start + next.end) / 2)
            let parting = within(low...max(low, high)).max { rank($0, middle) < rank($1, middle) }
            guard let parting else { continue }
            moved[index].end = max(parting.lowerBound, start + Self.least)
            if !next.isMark { moved[index + 1].start = min(parting.upperBound, max(next.start, next.end - Self.least)) }
        }
        return moved
    }

    /// A long pause near is the likeliest.
    private func rank(_ pause: Range<Double>, _ middle: Double) -> Double {
        let distance = max(0, max(pause.lowerBound - middle, middle - pause.upperBound))
        return min(pause.upperBound - pause.lowerBound, 0.8) - distance
    }

    /// The nearest edge of a pause.
    private func nearest(_ time: Double, _ edge: KeyPath<Range<Double>, Double>) -> Double? {
        within(time - Self.reach...time + Self.reach).map { $0[keyPath: edge] }
            .filter { abs($0 - time) <= Self.reach }.min { abs($0 - time) < abs($1 - time) }
    }

    /// The pauses that touch a range.
    private func within(_ range: ClosedRange<Double>) -> ArraySlice<Range<Double>> {
        var (low, high) = (0, pauses.count)
        while low < high {
            let middle = (low + high) / 2
            if pauses[middle].upperBound < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        let end = pauses[low...].firstIndex { $0.lowerBound > range.upperBound } ?? pauses.count
        return pauses[low..<end]
    }
}
