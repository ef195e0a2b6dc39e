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

    /// Interest from which a moment is one that stands out.
    static let outstanding: Float = 0.4
    /// Seconds a shot is given at least, where its moment is that long.
    static let comfortable = 3.0
    /// The share of the target that is filled with the least bad parts where too little stands out.
    static let least = 0.5

    /// Plans a reel.
    ///
    /// - Parameters:
    ///   - finder: Knows what is worth showing.
    ///   - filler: The same for what is at least good to look at; used where too little stands out.
    ///   - likeness: Tells repetitions.
    ///   - fixed: Moments that are in the reel whatever happens.
    ///   - seconds: How long the rest of the reel may be.
    init(finder: MomentFinder, filler: MomentFinder, likeness: Likeness, fixed: [Moment], seconds: Double) {
        guard seconds >= MomentFinder.shortest else { return }
        let most = max(1, Int(seconds / Self.comfortable))
        for moment in finder.moments() where moment.peak >= Self.outstanding {
            consider(moment, likeness: likeness, fixed: fixed, most: most, isFiller: false)
        }
        fit(finder, to: seconds)
        var left = Self.least * seconds - total
        guard left >= MomentFinder.shortest else { return }
        let spread = max(1, Int((left / 4).rounded(.up)))
        for moment in filler.moments() {
            guard left >= MomentFinder.shortest, choices.count(where: { $0.isFiller }) < spread + 2 else { break }
            let seconds = min(left, moment.seconds, max(4, left / Double(spread)))
            guard seconds >= MomentFinder.shortest,
                let part = filler.best(
                    length: Int(seconds / Interest.interval),
                    inside: moment.start..<moment.end
                )
            else { continue }
            let shown = Moment(start: part.lowerBound, end: part.upperBound, value: moment.value, peak: moment.peak)
            let before = choices.count
            consider(shown, likeness: likeness, fixed: fixed, most: .max, isFiller: true)
            if choices.count > before { left -= shown.seconds }
        }
    }

    /// Seconds of all choices.
    var total: Double { choices.reduce(0) { $0 + $1.moment.seconds } }

    private mutating func consider(
        _ moment: Moment,
        likeness: Likeness,
        fixed: [Moment],
        most: Int,
        isFiller: Bool
    ) {
        let others = choices.map(\.moment) + fixed
        guard !others.contains(where: { $0.overlaps(moment) }) else { return }
        if let like = others.first(where: { likeness.between($0, moment) > Likeness.same }) {
            if rejections.count < 10 { rejections.append(Rejection(moment: moment, like: like)) }
        } else if choices.count < most {
            choices.append(Choice(moment: moment, isFiller: isFiller))
        } else if rejections.count < 10 {
            rejections.append(Rejection(moment: moment, like: nil))
        }
    }

    /// Shortens the moments until they fit: always the longest one, to its best part, down to what is comfortable.
    private mutating func fit(_ finder: MomentFinder, to seconds: Double) {
        let comfortable = Int(Self.comfortable / Interest.interval)
        var lengths = choices.map(\.moment.length)
        var sum = lengths.reduce(0, +)
        let wanted = Int((seconds / Interest.interval).rounded())
        while sum > wanted {
            guard let longest = lengths.indices.max(by: { lengths[$0] < lengths[$1] }),
                lengths[longest] > comfortable
            else { break }
            lengths[longest] -= 1
            sum -= 1
        }
        for index in choices.indices where lengths[index] < choices[index].moment.length {
            let moment = choices[index].moment
            guard let part = finder.best(length: lengths[index], inside: moment.start..<moment.end) else { continue }
            choices[index].moment.start = part.lowerBound
            choices[index].moment.end = part.upperBound
        }
    }
}
