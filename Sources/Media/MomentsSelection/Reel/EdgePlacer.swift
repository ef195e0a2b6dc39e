internal import MomentsAnalysis
internal import MomentsCore

/// Puts the edges of shots where a good editor would: on pictures, clear of cuts, in pauses.
struct EdgePlacer {
    /// Pictures kept between an edge and a cut: the cut may be one off, and some decoders are too.
    static let inset = 2
    /// Seconds from a cut within which an edge is drawn to it: so short a rest of another scene is a stumble.
    static let pull = 0.6
    /// Seconds an edge may move to reach a pause.
    static let reach = 1.0
    /// Seconds a shot may move to begin where decoding can start: it is then shown as it was coded, and made in no time.
    static let shift = 0.8

    private let pictures: PictureTimes
    private let scenes: [Scene]
    private let pauses: [Range<Double>]
    private let starts: Set<Int>
    private let bindsStarts: Bool

    /// Prepares to place; `bindsStarts` puts where decoding can start above pauses.
    init(_ signals: Signals, bindsStarts: Bool = false) {
        self.bindsStarts = bindsStarts
        pictures = signals.pictures
        scenes = signals.scenes
        pauses = signals.sound?.pauses() ?? []
        starts = Set(signals.starts)
    }

    /// The exact stretch for one wanted in seconds.
    ///
    /// - Parameters:
    ///   - start: Where it should start.
    ///   - end: Where it should end.
    ///   - limits: What it must stay inside, in seconds: banned stretches and other shots begin there.
    ///   - mayGrow: Whether an edge may move outwards to a pause too.
    /// - Returns: A stretch on picture times, at least as long as a shot must be where the limits allow; nil for
    ///   nothing.
    func place(_ start: Double, _ end: Double, limits: Range<Double>, mayGrow: Bool) -> TimeRange? {
        let outward = mayGrow ? Self.reach : 0
        // A pause beyond a cut is none of this shot's.
        let earliest = max(limits.lowerBound, start - outward, scene(at: start + Self.pull / 2).start.seconds)
        var from = bindsStarts ? start : toPause(start, within: min(start, earliest)...min(start + Self.reach, end))
        let latest = min(limits.upperBound, end + outward, scene(at: end - Self.pull / 2).end.seconds)
        var to = toPause(end, within: max(from, end - Self.reach)...max(from, end, latest))
        if to - from < MomentFinder.shortest { (from, to) = (start, end) }
        from = max(from, limits.lowerBound)
        to = min(to, limits.upperBound)
        var (first, last) = clearOfCuts(from, to)
        first = max(first, pictures.firstIndex(notBefore: MediaTime(seconds: limits.lowerBound - 1e-6)))
        last = min(last, lastIndex(before: limits.upperBound))
        // Words are not cut into for the sake of speed.
        if from == start { (first, last) = toStart(first, last, limits, endMoves: to == end) }
        let shown = (
            pictures.index(at: MediaTime(seconds: start)), pictures.firstIndex(notBefore: MediaTime(seconds: end))
        )
        if shown.1 - shown.0 < 6 {
            // Pictures a second apart: those on show at the time, if they may be shown whole.
            (first, last) = shown
        }
        guard first < last, pictures[first].seconds >= limits.lowerBound - 1e-6,
            pictures[last].seconds <= limits.upperBound + 1e-6,
            (pictures[last] - pictures[first]).seconds >= min(
                MomentFinder.shortest,
                limits.upperBound - limits.lowerBound
            ) - 1e-6
        else { return nil }
        return TimeRange(start: pictures[first], end: pictures[last])
    }

    /// The first pictures of a stretch, for as many seconds, at least one: what is shown where nothing could be placed.
    func opening(of range: TimeRange, seconds: Double) -> TimeRange? {
        let first = pictures.firstIndex(notBefore: range.start)
        let last = max(first + 1, lastIndex(before: min(range.end.seconds, range.start.seconds + seconds)))
        guard first < pictures.count, pictures[last] <= range.end else { return nil }
        return TimeRange(start: pictures[first], end: pictures[last])
    }

    private func scene(at seconds: Double) -> Scene {
        let time = MediaTime(seconds: seconds)
        return scenes.last { $0.start <= time } ?? scenes[0]
    }

    /// The first picture that ends after `seconds`: the highest index a shot ending there may have as its end.
    private func lastIndex(before seconds: Double) -> Int {
        if pictures.end.seconds <= seconds + 1e-6 { return pictures.count }
        return pictures.index(at: MediaTime(seconds: seconds + 1e-6))
    }

    /// Draws edges near a cut to it, and away from the cut's pictures; out of transitions.
    private func clearOfCuts(_ from: Double, _ to: Double) -> (Int, Int) {
        var first = pictures.firstIndex(notBefore: MediaTime(seconds: from))
        var last = lastIndex(before: to)
        for (index, scene) in scenes.enumerated() where index > 0 {
            // The pictures that belong to neither scene alone, or may not.
            let mixed = scene.mixedStart
            let clearBefore = mixed.map { pictures.firstIndex(notBefore: $0.start) } ?? scene.startFrame
            let clearAfter = mixed.map { pictures.firstIndex(notBefore: $0.end) } ?? scene.startFrame
            // An encoder that starts anew at a cut has seen it exactly there.
            let isExact = mixed == nil && starts.contains(clearAfter)
            let (before, after) = (clearBefore - Self.inset, isExact ? clearAfter : clearAfter + Self.inset)
            if pictures[max(0, before)].seconds - Self.pull < pictures[first].seconds, first < after { first = after }
            if last > before, pictures[last].seconds < pictures[min(after, pictures.count)].seconds + Self.pull {
                last = before
            }
        }
        guard first < last, (pictures[last] - pictures[first]).seconds >= min(MomentFinder.shortest, to - from) * 0.6
        else {
            // Scenes shorter than a shot: whole scenes, cut to cut.
            return insideScenes(from, to)
        }
        return (first, last)
    }

    /// The stretch moved to begin where decoding can start, within its scenes.
    private func toStart(_ first: Int, _ last: Int, _ limits: Range<Double>, endMoves: Bool) -> (Int, Int) {
        guard first < last, last - first >= 6 else { return (first, last) }
        let scene = scenes.last { $0.startFrame <= first } ?? scenes[0]
        let clear = scene.mixedStart.map { pictures.firstIndex(notBefore: $0.end) } ?? scene.startFrame
        let near = starts.filter {
            clear <= $0 && $0 < min(scene.endFrame, last) && pictures[$0].seconds >= limits.lowerBound - 1e-6
                && abs((pictures[$0] - pictures[first]).seconds) <= Self.shift
        }
        let distance = { (picture: Int) in abs(picture - first) }
        guard let start = near.min(by: { distance($0) < distance($1) }), start != first else { return (first, last) }
        var end = last
        if endMoves {
            // The shot keeps its length where its last scene and its limits go on for so long.
            let ending = scenes.last { $0.startFrame < last } ?? scenes[0]
            let wanted = pictures.index(at: pictures[start] + (pictures[last] - pictures[first]))
            let latest = ending.endFrame == pictures.count ? pictures.count : ending.endFrame - Self.inset
            let most = min(max(last, min(wanted, latest)), lastIndex(before: limits.upperBound))
            end = wanted < last ? max(wanted, min(last, ending.startFrame + 1)) : most
        }
        let isLongEnough = (pictures[end] - pictures[start]).seconds >= MomentFinder.shortest
        return isLongEnough ? (start, end) : (first, last)
    }

    /// The nearest scene borders, for stretches of many short scenes.
    private func insideScenes(_ from: Double, _ to: Double) -> (Int, Int) {
        let starts = scenes.map(\.startFrame) + [pictures.count]
        let near = { (seconds: Double) -> Int in
            starts.min { abs(pictures[$0].seconds - seconds) < abs(pictures[$1].seconds - seconds) } ?? 0
        }
        let (first, last) = (near(from), near(to))
        let inner = (first == 0 ? 0 : first + Self.inset, last == pictures.count ? last : last - Self.inset)
        if inner.0 < inner.1, (pictures[inner.1] - pictures[inner.0]).seconds >= MomentFinder.shortest { return inner }
        return (pictures.firstIndex(notBefore: MediaTime(seconds: from)), lastIndex(before: to))
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
