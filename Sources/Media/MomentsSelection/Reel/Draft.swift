internal import MomentsCore

/// A shot on its way into the reel.
struct Draft {
    var range: TimeRange
    /// What is known of why it is there; a chosen one has its reasons from its signals.
    var reasons: [String] = []
    /// Whether it is there since somebody marked it: it may be lengthened, and not cut.
    var isMarked = false
    /// Whether it was in the reel before people asked for another one: its edges stay as they are where they can.
    var isKept = false

    /// Whether it is in the reel whatever else could be.
    var isFixed: Bool { isMarked || !reasons.isEmpty }

    /// The grid's entries the segment covers.
    var entries: Range<Int> {
        let start = Int((range.start.seconds / Saliency.interval).rounded())
        return start..<max(start + 1, Int((range.end.seconds / Saliency.interval).rounded()))
    }
}
