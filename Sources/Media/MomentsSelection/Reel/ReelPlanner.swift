internal import MomentsAnalysis

/// Decides which moments make the reel, and how long each is shown.
struct ReelPlanner {
    /// What a plan says of one moment.
    struct Choice: Equatable {
        var moment: Moment
        /// Whether it is there only because nothing better was.
        var isFiller = false
    }

    /// Why a moment was left out.
    struct Rejection: Equatable {
        var moment: Moment
        /// The chosen moment it repeats; nil where there was no room for it.
        var like: Moment?
    }

    private(set) var choices: [Choice] = []
    private(set) var rejections: [Rejection] = []

    /// Saliency from which a moment is one that stands out.
    static let outstanding: Float = 0.45
    /// Saliency from which on, beside what stands out, something else is rather shown than more of the same.
    static let worthwhile: Float = 0.33
    /// Seconds a shot is given at least, where its moment is that long.
    static let comfortable = 3.0
    /// The share of the target that is reached even where too little stands out.
    static let least = 0.6
    /// The share of the target that is filled with the next best where something stood out.
    static let usual = 0.95

    /// Plans a reel.
    ///
    /// - Parameters:
    ///   - finder: Knows what is worth showing.
    ///   - filler: The same for what is at least good to look at; used where too little stands out.
    ///   - similarity: Tells repetitions.
    ///   - fixed: Moments that are in the reel whatever happens.
    ///   - seconds: How long the rest of the reel may be.
    init(finder: MomentFinder, filler: MomentFinder, similarity: Similarity, fixed: [Moment], seconds: Double) {
        let seconds = fixed.isEmpty ? max(seconds, MomentFinder.shortest) : seconds
        guard seconds >= MomentFinder.shortest else { return }
        // Of moments about as good the earlier comes first: noise in what was measured must not decide.
        let found = finder.moments().filter { $0.peak >= Self.worthwhile }
        let isAny = found.contains { $0.peak >= Self.outstanding }
        for moment in found.sorted(by: { (-Self.graded($0.peak), $0.start) < (-Self.graded($1.peak), $1.start) }) {
            let isFiller = moment.peak < Self.outstanding
            if isFiller, !isAny || finder.isDear(moment.start) { continue }
            consider(moment, similarity: similarity, fixed: fixed, isFiller: isFiller)
        }
        share(seconds, finder)
        let least = max(Self.least * seconds, fixed.isEmpty ? MomentFinder.shortest + Saliency.interval : 0)
        lengthen(finder, upTo: least, fixed: fixed)
        // Where something stood out, the next best of the same kind come before the reel is left short.
        if !choices.isEmpty { fill(finder, similarity, fixed, upTo: Self.usual * seconds) }
        fill(filler, similarity, fixed, upTo: least)
        if choices.isEmpty, fixed.isEmpty, let rest = filler.longestRun(atMost: least) {
            choices = [Choice(moment: rest, isFiller: true)]
        }
    }

    /// A measure in steps of a tenth.
    private static func graded(_ measure: Float) -> Float { (measure * 10).rounded() / 10 }

    /// Seconds of all choices.
    var total: Double { choices.reduce(0) { $0 + $1.moment.seconds } }

    private mutating func consider(_ moment: Moment, similarity: Similarity, fixed: [Moment], isFiller: Bool) {
        let others = choices.map(\.moment) + fixed
        guard !others.contains(where: { $0.overlaps(moment) }) else { return }
        if let like = others.first(where: { similarity.isSame($0, moment) }) {
            if rejections.count < 10 { rejections.append(Rejection(moment: moment, like: like)) }
        } else {
            choices.append(Choice(moment: moment, isFiller: isFiller))
        }
    }

    /// Shares the reel's time among the moments found: each further second goes where it brings most.
    ///
    /// A new moment brings the saliency of its best seconds; more of one already shown brings less, the longer it runs.
    private mutating func share(_ seconds: Double, _ finder: MomentFinder) {
        var left = Int((seconds / Saliency.interval).rounded())
        let comfortable = min(left, Int(Self.comfortable / Saliency.interval))
        var lengths = [Int](repeating: 0, count: choices.count)
        func gain(_ index: Int) -> Float {
            let moment = choices[index].moment
            let shown = Double(lengths[index]) * Saliency.interval
            if lengths[index] == 0 { return min(comfortable, moment.length) <= left ? Self.graded(moment.peak) : 0 }
            guard lengths[index] < moment.length else { return 0 }
            return Self.graded(moment.mean) * (shown < 4 ? 0.8 : shown < 6 ? 0.65 : 0.3)
        }
        while left > 0 {
            guard let next = choices.indices.max(by: { (gain($0), -$0) < (gain($1), -$1) }), gain(next) > 0 else {
                break
            }
            let step = lengths[next] == 0 ? min(comfortable, choices[next].moment.length) : 1
            lengths[next] += step
            left -= step
        }
        var shown: [Choice] = []
        for (index, var choice) in choices.enumerated() {
            let moment = choice.moment
            guard lengths[index] > 0,
                let part = finder.best(length: lengths[index], inside: moment.start..<moment.end)
            else {
                if rejections.count < 10 { rejections.append(Rejection(moment: moment, like: nil)) }
                continue
            }
            choice.moment.start = part.lowerBound
            choice.moment.end = part.upperBound
            shown.append(choice)
        }
        choices = shown
    }
}

extension ReelPlanner {
    /// Shows more of what is around the moments found, within their scenes: it belongs to them more than a filler does.
    private mutating func lengthen(_ finder: MomentFinder, upTo seconds: Double, fixed: [Moment]) {
        var left = Int(((seconds - total) / Saliency.interval).rounded())
        let order = choices.indices.sorted { (choices[$0].moment.peak, -$0) > (choices[$1].moment.peak, -$1) }
        for index in order where left > 0 {
            let others = choices.indices.filter { $0 != index }.map { choices[$0].moment } + fixed
            let grown = finder.lengthened(choices[index].moment, by: left, avoiding: others)
            left -= grown.length - choices[index].moment.length
            choices[index].moment = grown
        }
    }

    /// Adds what is at least good to look at.
    private mutating func fill(_ filler: MomentFinder, _ similarity: Similarity, _ fixed: [Moment], upTo wanted: Double)
    {
        var left = wanted - total
        guard left >= MomentFinder.shortest else { return }
        let spread = max(1, Int((left / 4).rounded(.up)))
        for moment in filler.moments() {
            guard left >= MomentFinder.shortest, choices.count(where: { $0.isFiller }) < spread + 2 else { break }
            let seconds = min(left, moment.seconds, max(4, left / Double(spread)))
            guard seconds >= MomentFinder.shortest,
                let part = filler.best(length: Int(seconds / Saliency.interval), inside: moment.start..<moment.end)
            else { continue }
            if filler.isDear(part.lowerBound) { continue }
            let shown = Moment(start: part.lowerBound, end: part.upperBound, value: moment.value, peak: moment.peak)
            let before = choices.count
            consider(shown, similarity: similarity, fixed: fixed, isFiller: true)
            if choices.count > before { left -= shown.seconds }
        }
    }
}
