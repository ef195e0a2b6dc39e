internal import MomentsAnalysis
internal import MomentsCore

/// Puts the edges of shots where a good editor would: on frames, clear of cuts, in pauses.
struct CutSnapper {
    /// Frames kept between an edge and a cut: the cut may be one off, and some decoders are too.
    static let inset = 2
    /// Seconds from a cut within which an edge is drawn to it: so short a rest of another scene is a stumble.
    static let pull = 0.2
    /// Seconds an edge may move to reach a pause, where nothing else is said.
    static let reach = 1.0
    /// Seconds a shot may move to begin where decoding can start: it is then shown as it was coded, and made in no
    /// time.
    static let shift = 0.3

    private let frames: FrameTimes
    private let scenes: [Scene]
    private let pauses: [Range<Double>]
    private let starts: Set<Int>
    private let bindsStarts: Bool
    private let reach: Double
    private let statements: StatementEdges

    /// Prepares to place; `bindsStarts` puts where decoding can start above pauses, edges move `reach` seconds to those.
    init(
        _ signals: Signals,
        bindsStarts: Bool = false,
        reach: Double = CutSnapper.reach,
        statements: StatementEdges = StatementEdges(.none)
    ) {
        self.statements = statements
        self.bindsStarts = bindsStarts
        self.reach = reach
        frames = signals.frames
        scenes = signals.scenes
        pauses = signals.audio?.pauses() ?? []
        starts = Set(signals.starts)
    }

    /// The exact segment for one wanted in seconds.
    ///
    /// - Parameters:
    ///   - start: Where it should start.
    ///   - end: Where it should end.
    ///   - limits: What it must stay inside, in seconds: banned segments and other shots begin there.
    ///   - mayGrow: Whether an edge may move outwards to a pause too.
    /// - Returns: A segment on frame times, at least as long as a shot must be where the limits allow; nil for
    ///   nothing.
    func place(_ start: Double, _ end: Double, limits: Range<Double>, mayGrow: Bool) -> TimeRange? {
        let outward = mayGrow ? reach : 0
        // A pause beyond a cut is none of this shot's.
        let earliest = max(limits.lowerBound, start - outward, scene(at: start + Self.pull / 2).start.seconds)
        var from = bindsStarts ? start : toPause(start, within: min(start, earliest)...min(start + reach, end))
        let latest = min(limits.upperBound, end + outward, scene(at: end - Self.pull / 2).end.seconds)
        var to = toPause(end, within: max(from, end - reach)...max(from, end, latest))
        if to - from < ShotLength.shortest { (from, to) = (start, end) }
        (from, to) = statements.placed(from, to, limits: limits, mayGrow: mayGrow)
        from = max(from, limits.lowerBound)
        to = min(to, limits.upperBound)
        var (first, last) = clearOfCuts(from, to)
        if statements.isInside(frames[first].seconds) { first = frames.firstIndex(notBefore: MediaTime(seconds: from)) }
        if statements.isInside(frames[last].seconds) { last = lastIndex(before: to) }
        first = max(first, frames.firstIndex(notBefore: MediaTime(seconds: limits.lowerBound - 1e-6)))
        last = min(last, lastIndex(before: limits.upperBound))
        // Words are not cut into for the sake of speed.
        if from == start, statements.isEmpty { (first, last) = toStart(first, last, limits, endMoves: to == end) }
        let shown = (
            frames.index(at: MediaTime(seconds: start)), frames.firstIndex(notBefore: MediaTime(seconds: end))
        )
        if shown.1 - shown.0 < 6 {
            // Frames a second apart: those on show at the time, if they may be shown whole.
            (first, last) = shown
        }
        guard first < last, frames[first].seconds >= limits.lowerBound - 1e-6,
            frames[last].seconds <= limits.upperBound + 1e-6,
            (frames[last] - frames[first]).seconds >= min(
                ShotLength.shortest,
                limits.upperBound - limits.lowerBound
            ) - 1e-6
        else { return nil }
        return TimeRange(start: frames[first], end: frames[last])
    }

    /// The first frames of a segment, for as many seconds, at least one: what is shown where nothing could be placed.
    func opening(of range: TimeRange, seconds: Double) -> TimeRange? {
        let first = frames.firstIndex(notBefore: range.start)
        let last = max(first + 1, lastIndex(before: min(range.end.seconds, range.start.seconds + seconds)))
        guard first < frames.count, frames[last] <= range.end else { return nil }
        return TimeRange(start: frames[first], end: frames[last])
    }

    private func scene(at seconds: Double) -> Scene {
        let time = MediaTime(seconds: seconds)
        return scenes.last { $0.start <= time } ?? scenes[0]
    }

    /// The first frame that ends after `seconds`: the highest index a shot ending there may have as its end.
    private func lastIndex(before seconds: Double) -> Int {
        if frames.end.seconds <= seconds + 1e-6 { return frames.count }
        return frames.index(at: MediaTime(seconds: seconds + 1e-6))
    }

    /// Draws edges near a cut to it, and away from the cut's frames; out of transitions.
    private func clearOfCuts(_ from: Double, _ to: Double) -> (Int, Int) {
        var first = frames.firstIndex(notBefore: MediaTime(seconds: from))
        var last = lastIndex(before: to)
        for (index, scene) in scenes.enumerated() where index > 0 {
            // The frames that belong to neither scene alone, or may not.
            let mixed = scene.mixedStart
            let clearBefore = mixed.map { frames.firstIndex(notBefore: $0.start) } ?? scene.startFrame
            let clearAfter = mixed.map { frames.firstIndex(notBefore: $0.end) } ?? scene.startFrame
            // An encoder that starts anew at a cut has seen it exactly there.
            let isExact = mixed == nil && starts.contains(clearAfter)
            let (before, after) = (clearBefore - Self.inset, isExact ? clearAfter : clearAfter + Self.inset)
            if frames[max(0, before)].seconds - Self.pull < frames[first].seconds, first < after { first = after }
            if last > before, frames[last].seconds < frames[min(after, frames.count)].seconds + Self.pull {
                last = before
            }
        }
        guard first < last, (frames[last] - frames[first]).seconds >= min(ShotLength.shortest, to - from) * 0.6
        else {
            // Scenes shorter than a shot: whole scenes, cut to cut.
            return insideScenes(from, to)
        }
        return (first, last)
    }

    /// The segment moved to begin where decoding can start, within its scenes.
    private func toStart(_ first: Int, _ last: Int, _ limits: Range<Double>, endMoves: Bool) -> (Int, Int) {
        guard first < last, last - first >= 6 else { return (first, last) }
        let scene = scenes.last { $0.startFrame <= first } ?? scenes[0]
        let clear = scene.mixedStart.map { frames.firstIndex(notBefore: $0.end) } ?? scene.startFrame
        let near = starts.filter {
            clear <= $0 && $0 < min(scene.endFrame, last) && frames[$0].seconds >= limits.lowerBound - 1e-6
                && abs((frames[$0] - frames[first]).seconds) <= Self.shift
        }
        let distance = { (frame: Int) in abs(frame - first) }
        guard let start = near.min(by: { distance($0) < distance($1) }), start != first else { return (first, last) }
        var end = last
        if endMoves {
            // The shot keeps its length where its last scene and its limits go on for so long.
            let ending = scenes.last { $0.startFrame < last } ?? scenes[0]
            let wanted = frames.index(at: frames[start] + (frames[last] - frames[first]))
            let latest = ending.endFrame == frames.count ? frames.count : ending.endFrame - Self.inset
            let most = min(max(last, min(wanted, latest)), lastIndex(before: limits.upperBound))
            end = wanted < last ? max(wanted, min(last, ending.startFrame + 1)) : most
        }
        let isLongEnough = (frames[end] - frames[start]).seconds >= ShotLength.shortest
        return isLongEnough ? (start, end) : (first, last)
    }

    /// The nearest scene borders, for segments of many short scenes.
    private func insideScenes(_ from: Double, _ to: Double) -> (Int, Int) {
        let starts = scenes.map(\.startFrame) + [frames.count]
        let near = { (seconds: Double) -> Int in
            starts.min { abs(frames[$0].seconds - seconds) < abs(frames[$1].seconds - seconds) } ?? 0
        }
        let (first, last) = (near(from), near(to))
        let inner = (first == 0 ? 0 : first + Self.inset, last == frames.count ? last : last - Self.inset)
        if inner.0 < inner.1, (frames[inner.1] - frames[inner.0]).seconds >= ShotLength.shortest { return inner }
        return (frames.firstIndex(notBefore: MediaTime(seconds: from)), lastIndex(before: to))
    }

    private func toPause(_ seconds: Double, within range: ClosedRange<Double>) -> Double {
        var best: Double?
        for pause in pauses {
            if pause.lowerBound > range.upperBound { break }
            guard pause.upperBound >= range.lowerBound else { continue }
            // An edge already well inside a pause stays.
            if pause.lowerBound + 0.1 <= seconds, seconds <= pause.upperBound - 0.1 { return seconds }
            let middle = (pause.lowerBound + pause.upperBound) / 2
            let target = min(max(seconds, min(pause.lowerBound + 0.15, middle)), max(pause.upperBound - 0.15, middle))
            guard range.contains(target) else { continue }
            if abs(target - seconds) < abs((best ?? .infinity) - seconds) { best = target }
        }
        return best ?? seconds
    }
}
