internal import MomentsCore

/// Says what became of a file's clocks.
enum TimelineNotes {
    /// Tells of all in half sentences.
    ///
    /// - Parameters:
    ///   - plan: What became of the clocks.
    ///   - slips: How many pictures stood at times far off.
    ///   - repeats: How many pictures shared a time with another.
    /// - Returns: The half sentences.
    static func all(_ plan: ClockPlan, slips: Int, repeats: Int) -> [String] {
        var notes: [String] = []
        for jump in plan.jumps.prefix(most) {
            let way = jump.jump > 0 ? "ahead" : "back"
            notes.append(
                "its clock jumps \(way) by \(length(jump.jump.magnitude)) at \(ClockText.milliseconds(jump.time)); what "
                    + "follows is shown directly behind"
            )
        }
        if plan.jumps.count > most { notes.append("so it does at \(plan.jumps.count - most) more places") }
        for pause in plan.pauses.prefix(most) {
            notes.append("it pauses for \(length(pause.jump)) at \(ClockText.milliseconds(pause.time))")
        }
        if slips > 0 {
            notes.append("\(slips) of its pictures had times far off those around them, and are shown between them")
        }
        if repeats > 0 { notes.append("\(repeats) of its pictures shared a time with others, and are spread") }
        return notes
    }

    private static func length(_ seconds: Double) -> String {
        if seconds < 60 { return "\((seconds * 10).rounded() / 10) s" }
        return ClockText.hoursMinutesSeconds(seconds)
    }

    /// More places than these are only counted.
    private static let most = 3
}

extension Rational {
    /// A rate as people write it: 25, 29.97.
    var text: String {
        denominator == 1 ? "\(numerator)" : "\((value * 1000).rounded() / 1000)"
    }
}

extension StreamDescription {
    /// The rate its headers name, else 25 pictures a second.
    var usualRate: Rational {
        for rate in [frameRate, nominalFrameRate] where rate.isPositive && (1...1000).contains(rate.value) {
            return rate
        }
        return Rational(25, 1)
    }
}
