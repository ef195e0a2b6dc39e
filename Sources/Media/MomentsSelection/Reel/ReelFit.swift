internal import MomentsAnalysis
internal import MomentsCore

/// Brings placed shots to the length asked for: what their edges took or gave on the way to frames, cuts and pauses.
struct ReelFit {
    private let frames: FrameTimes
    private let scenes: [Scene]
    private let free: [TimeRange]
    private let score: MomentScore
    private let keepsStarts: Bool
    private let statements: StatementEdges
    private let pauses: [Range<Double>]

    /// Prepares to fit.
    ///
    /// - Parameters:
    ///   - signals: Knows the frames and the scenes.
    ///   - edits: What may be shown.
    ///   - score: What every entry is worth.
    ///   - keepsStarts: Whether shots begin where they do whatever it costs.
    ///   - statements: What is said and should not be cut into.
    init(
        _ signals: Signals,
        _ edits: Edits,
        _ score: MomentScore,
        keepsStarts: Bool,
        statements: StatementEdges
    ) {
        self.statements = statements
        frames = signals.frames
        scenes = signals.scenes
        free = edits.free
        pauses = signals.audio?.pauses() ?? []
        self.score = score
        self.keepsStarts = keepsStarts
    }

    /// The shots with the least worth of them cut away, or more of the best shown.
    ///
    /// - Parameters:
    ///   - drafts: Shots in rising order; those that are fixed stay, and only what was marked may be lengthened.
    ///   - seconds: How long they should be together.
    /// - Returns: As many shots, on frame times, none shorter than a shot may be nor over a cut that it did not cross.
    func fitted(_ drafts: [Draft], to seconds: Double) -> [Draft] {
        var drafts = drafts
        var excess = drafts.reduce(-seconds) { $0 + $1.range.duration.seconds }
        let order = drafts.indices
            .filter { excess > 0 ? !drafts[$0].isFixed : drafts[$0].isMarked || !drafts[$0].isFixed }
            .filter { !drafts[$0].isKept || abs(excess) > Self.toleranceForKept * seconds }
            .sorted { (worth(drafts[$0]), $0) < (worth(drafts[$1]), $1) }
        if excess > 0 {
            for (spares, tolerance) in [(true, Self.tolerance), (false, Self.toleranceForPauses)] {
                for index in order where excess > tolerance * seconds {
                    let old = drafts[index].range
                    drafts[index].range = whole(shortened(old, by: excess, sparesPauses: spares), old)
                    excess += (drafts[index].range.duration - old.duration).seconds
                }
            }
        } else {
            for index in order.reversed() where -excess > Self.tolerance * seconds {
                let old = drafts[index].range
                let before = index > 0 ? drafts[index - 1].range.end : .zero
                let after = index + 1 < drafts.count ? drafts[index + 1].range.start : frames.end
                drafts[index].range = whole(lengthened(old, by: -excess, between: before, after), old)
                excess += (drafts[index].range.duration - old.duration).seconds
            }
        }
        return drafts
    }

    /// The share of the length that it may be off.
    private static let tolerance = 0.01
    /// The share it may be too long before an edge leaves the pause it lies in.
    private static let toleranceForPauses = 0.045
    /// The share it may be off before a shot that was there before gets other edges.
    private static let toleranceForKept = 0.045

    private func worth(_ draft: Draft) -> Float { Moment(draft.entries, score.total).mean }

    /// A shot that was changed, with its edges taken back out of what is said.
    private func whole(_ range: TimeRange, _ old: TimeRange) -> TimeRange {
        func edge(_ time: MediaTime, _ old: MediaTime) -> MediaTime {
            guard time != old, statements.isInside(time.seconds) else { return time }
            let seconds = statements.returned(time.seconds, towards: old.seconds)
            let place = frames.firstIndex(notBefore: MediaTime(seconds: seconds))
            let moved = place == frames.count ? frames.end : frames[place]
            return time < old ? min(moved, old) : max(moved, old)
        }
        if statements.isEmpty { return range }
        let (start, end) = (edge(range.start, old.start), edge(range.end, old.end))
        return start < end ? TimeRange(start: start, end: end) : old
    }

    private func isInPause(_ time: MediaTime) -> Bool { pauses.contains { $0.contains(time.seconds) } }

    /// The shot without its less worthy end, or where pauses are spared without one that lies in none.
    private func shortened(_ range: TimeRange, by seconds: Double, sparesPauses: Bool) -> TimeRange {
        let (keepsStart, keepsEnd) = (
            keepsStarts || (sparesPauses && isInPause(range.start)), sparesPauses && isInPause(range.end)
        )
        guard !(keepsStart && keepsEnd) else { return range }
        let spare = min(seconds, range.duration.seconds - ShotLength.shortest)
        guard spare > 0 else { return range }
        let entries = Draft(range: range).entries
        let cut = max(1, Int(spare / Saliency.interval))
        let first = Moment(entries.lowerBound..<entries.lowerBound + cut, score.total)
        let last = Moment(entries.upperBound - cut..<entries.upperBound, score.total)
        if keepsEnd || (first.mean < last.mean && !keepsStart) {
            let start = frames[frames.firstIndex(notBefore: range.start + MediaTime(seconds: spare))]
            return start < range.end ? TimeRange(start: start, end: range.end) : range
        }
        let end = frames[frames.firstIndex(notBefore: range.end - MediaTime(seconds: spare))]
        return range.start < end && end < range.end ? TimeRange(start: range.start, end: end) : range
    }

    /// The shot with what follows in its scene, and with what goes before it where that is not enough.
    private func lengthened(
        _ range: TimeRange,
        by seconds: Double,
        between before: MediaTime,
        _ after: MediaTime
    ) -> TimeRange {
        guard let allowed = free.first(where: { $0.start <= range.start && range.end <= $0.end }),
            let opening = scenes.last(where: { $0.start <= range.start }),
            let ending = scenes.last(where: { $0.start < range.end })
        else { return range }
        let last = ending.endFrame == frames.count ? ending.endFrame : ending.endFrame - CutSnapper.inset
        let latest = min(range.end + MediaTime(seconds: seconds), allowed.end, after)
        let end = max(range.end, frames[min(last, latest == frames.end ? frames.count : frames.index(at: latest))])
        if keepsStarts { return TimeRange(start: range.start, end: end) }
        let missing = max(0, seconds - (end - range.end).seconds)
        let clear =
            opening.mixedStart.map(\.end) ?? frames[opening.startFrame == 0 ? 0 : opening.startFrame + CutSnapper.inset]
        let earliest = max(range.start - MediaTime(seconds: missing), allowed.start, before, clear)
        return TimeRange(start: min(range.start, frames[frames.firstIndex(notBefore: earliest)]), end: end)
    }
}
