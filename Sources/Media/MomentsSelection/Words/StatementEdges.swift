/// Keeps the edges of shots out of sentences, and a question with its answer.
struct StatementEdges {
    private let statements: [Spoken.Statement]

    /// Seconds an edge may lie in a statement: its times are not known better.
    private static let grain = 0.04
    /// Seconds of quiet that are kept before a statement and behind it, where there are as many.
    private static let (lead, tail) = (0.2, 0.3)
    /// Seconds a shot may grow at an end to show a statement whole, or a question or answer with it.
    private static let growth = 6.0
    /// The longest pause between a question and its answer, in seconds.
    private static let answer = 2.5

    init(_ spoken: Spoken) { statements = spoken.statements }

    /// Whether there is nothing to keep whole.
    var isEmpty: Bool { statements.isEmpty }

    /// Whether a cut would fall into a statement.
    func isInside(_ seconds: Double) -> Bool { index(at: seconds) != nil }

    /// Whether a cut would part a question from its answer.
    func parts(_ seconds: Double) -> Bool {
        guard let before = last(before: seconds), before + 1 < statements.count else { return false }
        return isAsked(before) && seconds <= statements[before + 1].start + Self.grain
    }

    /// The places on a grid at which no statement is cut: those between statements, and where no place is, the nearest.
    ///
    /// - Parameters:
    ///   - count: How many entries the grid has.
    ///   - interval: Seconds of an entry.
    /// - Returns: Whether each place between entries is clear; one more than there are entries.
    func clearPlaces(count: Int, interval: Double) -> [Bool] {
        var clear = [Bool](repeating: true, count: count + 1)
        for statement in statements {
            let from = max(0, Int(statement.start / interval) + 1)
            let to = min(count, Int((statement.end / interval).rounded(.up)) - 1)
            if from <= to { for place in from...to { clear[place] = false } }
        }
        for time in statements.flatMap({ [$0.start, $0.end] }) {
            clear[min(max(0, Int((time / interval).rounded())), count)] = true
        }
        return clear
    }

    /// Edges of a shot, moved out of statements.
    ///
    /// - Parameters:
    ///   - from: Where it begins, in seconds.
    ///   - to: Where it ends.
    ///   - limits: What it must stay inside.
    ///   - mayGrow: Whether it may become longer.
    /// - Returns: The edges; those given where the limits leave no others.
    func placed(_ from: Double, _ to: Double, limits: Range<Double>, mayGrow: Bool) -> (Double, Double) {
        guard !isEmpty else { return (from, to) }
        func isAllowed(_ time: Double) -> Bool { limits.lowerBound - 1e-6 <= time && time <= limits.upperBound + 1e-6 }
        var (start, end) = (from, to)
        if let index = index(at: from) {
            let (early, late) = (begin(index), finish(index))
            let mayBeEarly = mayGrow && isAllowed(early) && from - early <= Self.growth
            let mayBeLate = to - late >= ShotLength.shortest
            // A little more is better than a little less.
            if mayBeEarly, !mayBeLate || from - early <= 1.5 * (late - from) {
                start = early
            } else if mayBeLate {
                start = late
            }
        }
        if let index = index(at: to) {
            let (early, late) = (begin(index), finish(index))
            let mayBeLate = mayGrow && isAllowed(late) && late - to <= Self.growth
            let mayBeEarly = early - start >= ShotLength.shortest
            if mayBeLate, !mayBeEarly || late - to <= 1.5 * (to - early) {
                end = late
            } else if mayBeEarly {
                end = early
            }
        }
        guard mayGrow else { return (start, end) }
        if parts(start), let question = last(before: start), isAllowed(begin(question)),
            start - begin(question) <= Self.growth
        {
            start = begin(question)
        }
        if parts(end), let question = last(before: end), isAllowed(finish(question + 1)),
            finish(question + 1) - end <= Self.growth
        {
            end = finish(question + 1)
        }
        return end - start >= ShotLength.shortest ? (start, end) : (from, to)
    }

    /// An edge that was moved into a statement, taken back out of it towards where it was.
    func returned(_ time: Double, towards old: Double) -> Double {
        guard let index = index(at: time) else { return time }
        return old < time ? max(old, begin(index)) : min(old, finish(index))
    }

    /// A good place for a shot to begin before a statement, or to end where the one before it ended.
    private func begin(_ index: Int) -> Double {
        let start = statements[index].start
        let before = index > 0 ? statements[index - 1].end : -.infinity
        return max((before + start) / 2, start - Self.lead)
    }

    /// A good place to end behind a statement.
    private func finish(_ index: Int) -> Double {
        let end = statements[index].end
        let next = index + 1 < statements.count ? statements[index + 1].start : .infinity
        return min((end + next) / 2, end + Self.tail)
    }

    private func isAsked(_ index: Int) -> Bool {
        statements[index].isQuestion && index + 1 < statements.count
            && statements[index + 1].start - statements[index].end <= Self.answer
    }

    /// The statement that a cut would fall into.
    private func index(at seconds: Double) -> Int? {
        guard let index = last(before: seconds) ?? (statements.isEmpty ? nil : 0) else { return nil }
        return [index, index + 1].first { index in
            guard index < statements.count else { return false }
            let statement = statements[index]
            let grain = min(Self.grain, (statement.end - statement.start) / 4)
            return statement.start + grain < seconds && seconds < statement.end - grain
        }
    }

    /// The last statement whose middle lies before a time.
    private func last(before seconds: Double) -> Int? {
        var (low, high) = (0, statements.count)
        while low < high {
            let middle = (low + high) / 2
            if (statements[middle].start + statements[middle].end) / 2 < seconds {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low > 0 ? low - 1 : nil
    }
}
