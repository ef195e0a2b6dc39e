public import MomentsAnalysis
public import MomentsCore

/// A moment worth decoding for the poster.
public struct PosterCandidate: Hashable, Sendable {
    /// When, on the video's clock.
    public let time: MediaTime
    /// What the look of its frame is multiplied by: more for better moments.
    public let weight: Double

    /// Makes a candidate.
    public init(time: MediaTime, weight: Double = 1) {
        self.time = time
        self.weight = weight
    }
}

extension PosterCandidate {
    /// How many frames are compared for a poster at most.
    public static let limit = 6

    /// Chooses by the signals where to look: the best moments, sharp, colourful, still, some distance from edges and
    /// transitions.
    ///
    /// Of equally good ones those at keyframes come first: they are coded best. Where nothing within the shots will do,
    /// the whole video is searched.
    ///
    /// - Parameters:
    ///   - signals: What the analysis knows.
    ///   - places: What the video's frames cost.
    ///   - shots: The chosen segments; empty where nothing was chosen.
    ///   - worth: What each entry of the signals' grid is worth in a reel; empty where nobody knows.
    ///   - attraction: How much more a moment is worth for who is in it: 1 where nobody is.
    /// - Returns: At most `limit` candidates, best first, whose frames can be had for what `PosterBudget` allows.
    public static func choose(
        _ signals: Signals,
        places: FramePlaces,
        shots: [TimeRange],
        worth: [Float] = [],
        attraction: (MediaTime) -> Double = { _ in 1 }
    ) -> [PosterCandidate] {
        var pool = shots.flatMap { usable($0, signals, places) }.sorted { $0.entry < $1.entry }
        // Shots that somebody asked for may overlap.
        pool = pool.indices.filter { $0 == 0 || pool[$0].entry > pool[$0 - 1].entry }.map { pool[$0] }
        if pool.isEmpty { pool = usable(TimeRange(start: .zero, end: signals.frames.end), signals, places) }
        let merits = PosterMerit(signals, worth: worth).merits(of: pool.map(\.entry))
        for index in pool.indices {
            let (place, merit) = (pool[index].place, merits[index])
            pool[index].merit = merit * attraction(place.time) * (place.segment.count == 1 ? 1 : between)
        }
        return spread(pool, PosterBudget(frames: places.count))
    }

    /// An entry of the signals' grid, and the frame that stands for it.
    private struct Usable {
        let entry: Int
        let place: FramePlaces.Place
        var merit = 0.0
    }

    /// What a frame between keyframes counts: it is coded less well.
    private static let between = 0.97
    /// Seconds from one candidate to the next at least.
    private static let distance = 1.5

    /// The entries of a segment that show something and lie neither at its edges nor in a transition.
    private static func usable(_ range: TimeRange, _ signals: Signals, _ places: FramePlaces) -> [Usable] {
        let visual = signals.visual
        let edge = min(0.4, range.duration.seconds * 0.2)
        let (start, end) = (range.start.seconds + edge, range.end.seconds - edge)
        let mixed = mixedSegments(signals.scenes, within: range)
        let first = max(0, Int(start / VisualCurves.interval))
        let last = min(visual.count, Int(end / VisualCurves.interval) + 1)
        return (first..<max(first, last)).compactMap { entry in
            guard !visual.isBlank(entry), let place = places.cheapestPlace(in: span(entry)) else { return nil }
            let time = place.time.seconds
            guard time >= start, time <= end, !mixed.contains(where: { $0.contains(time) }) else { return nil }
            return Usable(entry: entry, place: place)
        }
    }

    /// What a grid entry covers.
    private static func span(_ entry: Int) -> TimeRange {
        let start = Double(entry) * VisualCurves.interval
        return TimeRange(start: MediaTime(seconds: start), end: MediaTime(seconds: start + VisualCurves.interval))
    }

    /// The best ones that can be afforded together, none near a better one; where not one can be, one of the cheapest.
    private static func spread(_ pool: [Usable], _ budget: PosterBudget) -> [PosterCandidate] {
        var (chosen, budget): ([Usable], PosterBudget) = ([], budget)
        // Equal ones in their order, so that the same signals give the same poster.
        let sorted = pool.sorted { ($0.merit, -$0.entry) > ($1.merit, -$1.entry) }
        for candidate in sorted where chosen.count < limit {
            let isFar = chosen.allSatisfy {
                abs($0.entry - candidate.entry) >= Int(distance / VisualCurves.interval)
            }
            if isFar, budget.takes(candidate.place.segment.count) { chosen.append(candidate) }
        }
        // One must do; the best of those that cost hardly more than the cheapest.
        let least = sorted.map(\.place.segment.count).min() ?? 0
        if chosen.isEmpty { chosen = Array(sorted.filter { 2 * $0.place.segment.count <= 3 * least }.prefix(1)) }
        // Squared: what the moment is worth counts more than how one frame of it looks.
        return chosen.map { PosterCandidate(time: $0.place.time, weight: $0.merit * $0.merit) }
    }

    /// The transitions in or beside a segment, with two tenths of a second around each; in seconds.
    private static func mixedSegments(_ scenes: [Scene], within range: TimeRange) -> [ClosedRange<Double>] {
        scenes.compactMap { scene in
            guard scene.start > .zero else { return nil }
            let mixed = scene.mixedStart ?? TimeRange(start: scene.start, end: scene.start)
            let around = mixed.start.seconds - 0.2...mixed.end.seconds + 0.2
            return around.overlaps(range.start.seconds...range.end.seconds) ? around : nil
        }
    }
}
