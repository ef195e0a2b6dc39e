public import MomentsAnalysis
public import MomentsCore

/// Gathers from what a person asked for what that person prefers to what.
///
/// A pin says: this rather than the other near misses, which were as near; a ban: the other shots rather than this one.
/// What was chosen is compared with what was chosen, and what was not with what was not, so that nothing is learnt of why
/// the choice was what it was.
public struct TasteTeacher {
    private let curves: TasteCurves
    private let frames: TimeRange

    /// Prepares.
    ///
    /// - Parameters:
    ///   - signals: What the analysis found.
    ///   - noticed: What is known besides.
    ///   - spoken: What is said in it.
    public init(_ signals: Signals, noticed: Noticed = .none, spoken: Spoken = .none) {
        let saliency = Saliency(signals)
        let score = MomentScore(signals, saliency, spoken: spoken)
        curves = TasteCurves(score, signals, saliency, noticed)
        frames = TimeRange(start: .zero, end: signals.frames.end)
    }

    /// What a reel that nobody changed teaches: its shots rather than what was nearly shown.
    ///
    /// - Parameter selection: The choice.
    /// - Returns: The lesson; nil where there was no choice.
    public func kept(_ selection: Selection) -> TasteLesson? {
        let pairs = zip(selection.shots, selection.nearMisses).compactMap { shot, miss in
            pair(shot.range, over: miss.range, weight: Self.slight)
        }
        return pairs.isEmpty ? nil : TasteLesson(.kept, pairs)
    }

    /// What a person's changes teach.
    ///
    /// - Parameters:
    ///   - options: What the person asked for.
    ///   - selection: What had been chosen without that.
    /// - Returns: The lesson; nil where nothing is to be learnt.
    public func changed(_ options: JobOptions, from selection: Selection) -> TasteLesson? {
        let shots = selection.shots.map(\.range)
        let misses = selection.nearMisses.map(\.range)
        var (pins, bans) = (options.pin.map(\.range), options.ban.map(\.range))
        var pairs: [TastePair] = []
        if !options.segments.isEmpty {
            let segments = options.segments.map(\.range)
            pins = segments.filter { segment in !shots.contains { Self.meets($0, segment) } }
            bans = shots.filter { shot in !segments.contains { Self.meets($0, shot) } }
            pairs += moved(shots, to: segments)
        }
        // What is pinned and was shown anyway only says that it is right.
        let (taken, confirmed) = (
            pins.filter { pin in !shots.contains { Self.isMostly($0, pin) } },
            pins.filter { pin in shots.contains { Self.isMostly($0, pin) } }
        )
        let left = shots.filter { shot in !bans.contains { Self.meets($0, shot) } }
        let passed = misses.filter { miss in !(pins + bans).contains { Self.meets($0, miss) } }
        for pin in taken { pairs += each(of: [pin], over: passed, weight: 1) }
        for ban in bans { pairs += each(of: left, over: [ban], weight: 1) }
        for pin in confirmed { pairs += each(of: [pin], over: left.filter { !Self.meets($0, pin) }, weight: 0.5) }
        if pairs.isEmpty { for pin in taken { pairs += each(of: [pin], over: shots, weight: 0.25) } }
        return pairs.isEmpty ? nil : TasteLesson(.edit, pairs)
    }

    /// The signals' curves, for whoever plays an editor.
    public func curve(of signal: TasteSignal) -> [Float]? { curves.curve(of: signal) }

    /// What a reel that was left as it was says with each of its pairs.
    private static let slight = 0.1
    /// What one act is compared with at most.
    private static let mostOthers = 6
    /// What is shorter than this was cut away for other reasons than what it shows, in seconds.
    private static let shortest = 0.6

    /// Pairs of some stretches and some others, which together count as one.
    private func each(of better: [TimeRange], over worse: [TimeRange], weight: Double) -> [TastePair] {
        let all = better.flatMap { one in worse.map { (one, $0) } }
        let pairs = Self.spread(all, to: Self.mostOthers).compactMap { pair($0, over: $1, weight: weight) }
        return pairs.map { TastePair($0.better, over: $0.worse, weight: weight / Double(pairs.count)) }
    }

    /// What was added to a shot at its edges, rather than what was cut off it.
    private func moved(_ shots: [TimeRange], to segments: [TimeRange]) -> [TastePair] {
        shots.flatMap { shot -> [TastePair] in
            let own = segments.filter { Self.meets($0, shot) }
            guard own.count == 1, let now = own.first else { return [] }
            let added = [
                TimeRange(start: now.start, end: min(now.end, shot.start)),
                TimeRange(start: max(now.start, shot.end), end: now.end),
            ]
            let common = TimeRange(start: max(now.start, shot.start), end: min(now.end, shot.end))
            let cut = [
                TimeRange(start: shot.start, end: min(shot.end, now.start)),
                TimeRange(start: max(shot.start, now.end), end: shot.end),
            ].filter { $0.start < $0.end && $0.duration.seconds >= Self.shortest }
            let kept = [common] + added.filter { $0.start < $0.end && $0.duration.seconds >= Self.shortest }
            return each(of: kept, over: cut, weight: 0.5)
        }
    }

    private func pair(_ better: TimeRange, over worse: TimeRange, weight: Double) -> TastePair? {
        guard let one = curves.stretch(better), let other = curves.stretch(worse) else { return nil }
        return TastePair(one, over: other, weight: weight)
    }

    private static func meets(_ first: TimeRange, _ second: TimeRange) -> Bool {
        first.start < second.end && second.start < first.end
    }

    private static func isMostly(_ shown: TimeRange, _ asked: TimeRange) -> Bool {
        let common = min(shown.end, asked.end).seconds - max(shown.start, asked.start).seconds
        return common > 0.5 * asked.duration.seconds
    }

    /// So many of a list at most, evenly spread.
    private static func spread<Value>(_ values: [Value], to most: Int) -> [Value] {
        guard values.count > most else { return values }
        return (0..<most).map { values[$0 * values.count / most] }
    }
}
