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
    /// How many frames may be decoded for each of them; more only where too few can be had, and then for one.
    private static let reaches = [6, 24, 60, 300]
    /// How many frames are enough where each costs more than a few.
    private static let few = 3

    /// Chooses by the signals where to look: sharp, well exposed, still, some distance from edges and transitions.
    ///
    /// Moments at or soon behind keyframes come first: they are decoded in no time. Where nothing within the shots will
    /// do, the whole video is searched.
    ///
    /// - Parameters:
    ///   - signals: What the analysis knows.
    ///   - places: What the video's frames cost.
    ///   - shots: The chosen segments, each with its score (0–1); empty where nothing was chosen.
    ///   - attraction: How much more a moment is worth for who is in it: 1 where nobody is.
    /// - Returns: At most `limit` candidates, best first.
    public static func choose(
        _ signals: Signals,
        places: FramePlaces,
        shots: [(range: TimeRange, score: Double)],
        attraction: (MediaTime) -> Double = { _ in 1 }
    ) -> [PosterCandidate] {
        let visual = signals.visual
        func ranked(_ range: TimeRange, _ weight: Double) -> [Ranked] {
            let edge = min(0.4, range.duration.seconds * 0.2)
            let (start, end) = (range.start.seconds + edge, range.end.seconds - edge)
            let mixed = mixedSegments(signals.scenes, within: range)
            let first = max(0, Int(start / VisualCurves.interval))
            let last = min(visual.count, Int(end / VisualCurves.interval) + 1)
            return (first..<max(first, last)).compactMap { entry in
                guard !visual.isBlank(entry), let place = places.cheapestPlace(in: span(entry)) else { return nil }
                let time = place.time.seconds
                guard time >= start, time <= end, !mixed.contains(where: { $0.contains(time) }) else { return nil }
                // Keyframes are coded best, and those behind them are made of them.
                let coding = place.segment.count == 1 ? 1 : 0.85
                let merit = Self.merit(visual, entry) * (isFrozen(visual, entry) ? 0.5 : 1) * coding
                return Ranked(entry: entry, place: place, merit: merit, weight: weight * attraction(place.time))
            }
        }
        var pool = shots.flatMap { ranked($0.range, 0.7 + 0.3 * $0.score) }
        if pool.isEmpty { pool = ranked(TimeRange(start: .zero, end: signals.frames.end), 1) }
        for reach in reaches {
            let chosen = spread(pool.filter { $0.place.segment.count <= reach })
            if chosen.count >= few { return reach == reaches[0] ? chosen : Array(chosen.prefix(few)) }
        }
        // Each would take most of the video: one must do.
        return Array(spread(pool).prefix(1))
    }

    private struct Ranked {
        let entry: Int
        let place: FramePlaces.Place
        let merit: Double
        let weight: Double
    }

    /// What a grid entry covers.
    private static func span(_ entry: Int) -> TimeRange {
        let start = Double(entry) * VisualCurves.interval
        return TimeRange(start: MediaTime(seconds: start), end: MediaTime(seconds: start + VisualCurves.interval))
    }

    /// The best ones, none within a second and a half of a better one.
    private static func spread(_ pool: [Ranked]) -> [PosterCandidate] {
        var chosen: [Ranked] = []
        // Equal ones in their order, so that the same signals give the same poster.
        let sorted = pool.sorted { ($0.merit * $0.weight, -$0.entry) > ($1.merit * $1.weight, -$1.entry) }
        for candidate in sorted where chosen.count < limit {
            let isFar = chosen.allSatisfy { abs($0.entry - candidate.entry) >= Int(1.5 / VisualCurves.interval) }
            if isFar { chosen.append(candidate) }
        }
        return chosen.map { PosterCandidate(time: $0.place.time, weight: $0.weight) }
    }

    private static func merit(_ visual: VisualCurves, _ entry: Int) -> Double {
        func value(_ curve: [Float]) -> Double { entry < curve.count ? Double(curve[entry]) : 0 }
        let sharp = value(visual.sharpness) / (value(visual.sharpness) + 8)
        let exposed = (1 - max(0, value(visual.dark) - 0.1)) * (1 - max(0, value(visual.bright) - 0.05))
        // Motion blurs: a camera that crosses the frame within two seconds, or shakes by a hundredth of it.
        let steady = 1 / (1 + 2 * value(visual.camera) + value(visual.shake))
        let lively = 0.6 + 0.4 * min(1, value(visual.contrast) / 45)
        return sharp * exposed * steady * lively
    }

    /// Whether not even noise changes for half a second around an entry.
    private static func isFrozen(_ visual: VisualCurves, _ entry: Int) -> Bool {
        let around = max(0, entry - 1)...min(visual.count - 1, entry + 1)
        return around.allSatisfy { $0 < visual.change.count && visual.change[$0] == 0 }
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
