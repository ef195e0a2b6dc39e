public import MomentsCore

/// Which frames are gone back to for a judge's sheets, so that few are decoded for many stills.
public struct JudgeVisits: Sendable {
    /// A part of the file that is decoded, and what is taken from it.
    public struct Visit: Hashable, Sendable {
        /// The index entries, from a keyframe on.
        public fileprivate(set) var segment: Range<Int>
        /// Where in it every frame is wanted.
        public fileprivate(set) var complete: Range<Int>
        /// When the frames are shown that are taken, in order.
        public fileprivate(set) var times: [MediaTime]
    }

    /// The parts, in the file's order.
    public let visits: [Visit]

    /// Frames that may be decoded for any video, and of a long one as a share of all.
    private static let budget = (frames: 300, share: 0.02)

    /// Plans.
    ///
    /// Each window gets its first still before any gets a second one, the cheapest first, as far as the budget goes.
    ///
    /// - Parameters:
    ///   - windows: What the sheets show.
    ///   - survey: The stills there are already.
    ///   - places: What the video's frames cost.
    ///   - frames: How many the video has.
    public init(_ windows: [JudgeQuestion.Window], _ survey: FrameSurvey, places: FramePlaces, frames: Int) {
        var left = max(Self.budget.frames, Int(Double(frames) * Self.budget.share))
        var missing = windows.map { window in
            JudgeSheets.parts(of: window).compactMap {
                survey.middle(of: $0) == nil ? places.cheapestPlace(in: $0) : nil
            }
        }
        var visits: [Int: Visit] = [:]
        /// What a frame costs beside what is decoded already.
        func cost(_ place: FramePlaces.Place) -> Int {
            guard let visit = visits[place.segment.lowerBound] else { return place.segment.count }
            return max(0, place.segment.upperBound - visit.segment.upperBound)
        }
        for most in (0..<JudgeSheets.stills).reversed() {
            // Windows that lack more stills than this take one.
            let due = missing.indices.filter { missing[$0].count > most }
            let sorted = due.map { ($0, missing[$0].map(cost).min() ?? 0) }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
            for (window, _) in sorted {
                guard
                    let (number, place) = missing[window].enumerated().min(by: { cost($0.element) < cost($1.element) }),
                    cost(place) <= left
                else { continue }
                left -= cost(place)
                missing[window].remove(at: number)
                visits[
                    place.segment.lowerBound,
                    default: Visit(segment: place.segment, complete: place.wanted, times: [])
                ]
                .take(place)
            }
        }
        self.visits = visits.values.sorted { $0.segment.lowerBound < $1.segment.lowerBound }
    }
}

extension JudgeVisits.Visit {
    fileprivate mutating func take(_ place: FramePlaces.Place) {
        segment = segment.lowerBound..<max(segment.upperBound, place.segment.upperBound)
        complete = min(complete.lowerBound, place.wanted.lowerBound)..<segment.upperBound
        if !times.contains(place.time) { times = (times + [place.time]).sorted() }
    }
}

extension FramePlaces.Place {
    /// The frame itself, as a part of the index.
    fileprivate var wanted: Range<Int> { segment.upperBound - 1..<segment.upperBound }
}
