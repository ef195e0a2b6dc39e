internal import MomentsAnalysis
internal import MomentsCore

/// What a video is like, as far as that says how well its moments are found by sound and motion alone.
enum VideoKind {
    /// A camera that stands, before which things come and go.
    case fixed
    /// A film of short shots.
    case quick
    /// People who talk.
    case talk
    /// Little moves in it.
    case quiet
    /// Much moves all the time.
    case lively

    /// Tells it by simple shares.
    init(_ signals: Signals, _ score: MomentScore) {
        let cuts = Double(signals.scenes.count - 1) / max(1, signals.frames.end.seconds)
        let speech = signals.audio?.speech ?? []
        let spoken = Double(speech.count { $0 > 0.5 }) / Double(max(1, speech.count))
        if score.places[.foreground] != nil {
            self = .fixed
        } else if cuts > Self.quickly {
            self = .quick
        } else if spoken > Self.talking {
            self = .talk
        } else {
            self = RobustScale.median(signals.visual.subject) < Self.still ? .quiet : .lively
        }
    }

    /// Cuts a second from which on a film is cut quickly.
    private static let quickly = 0.2
    /// The share of the time in which somebody speaks from which on a video is talk.
    private static let talking = 0.3
    /// The share of the frame that moves half of the time below which a video is quiet.
    private static let still: Float = 0.1

    /// How much of what a person would show is shown, as shares of the most that is possible: by the choice, and by chance;
    /// means over the judged clips of the kind, weak ones left out.
    private var shown: (chosen: Float, chance: Float) {
        switch self {
        case .fixed: (0.73, 0.50)
        case .quick: (0.68, 0.53)
        case .talk: (0.58, 0.47)
        case .quiet: (0.61, 0.50)
        case .lively: (0.65, 0.56)
        }
    }

    /// Whether the choice is so near to chance that people had better know.
    var isHard: Bool { shown.chosen - shown.chance < 0.13 }

    /// For people: how far the choice stands above chance in such videos, and what would help.
    var sentence: String {
        let (chosen, chance) = (Reasons.hundredths(shown.chosen), Reasons.hundredths(shown.chance))
        let figures = "(such reels hold \(chosen) of what a person's would, random ones \(chance))"
        let weak = "chosen by sound and motion alone, little better than chance \(figures)"
        return switch self {
        case .fixed: "A fixed camera: what comes and goes tells most, far better than chance \(figures)."
        case .quick: "Quickly cut: chosen by sound and motion, better than chance \(figures); a judge would help."
        case .talk: "Talk: \(weak); a judge or a transcript would help."
        case .quiet: "Little moves: \(weak); a judge would help."
        case .lively: "Lively throughout: \(weak); a judge would help."
        }
    }
}
