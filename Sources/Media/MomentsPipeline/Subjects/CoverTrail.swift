internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsEncoding

/// Where one whom nobody shall recognize is covered: wherever that one was seen, and may have been between and beside that.
struct CoverTrail {
    /// The cover.
    let trail: FrameCover.Trail

    /// The longest time between two finds on whose line somebody is taken to move, in seconds: whoever is lost for longer
    /// turned away, and may have been anywhere from the one to the other.
    private static let straight = 0.25
    /// How long a place stays covered before and behind its find, in seconds.
    private static let vicinity = 0.4
    /// How far one is taken to go on after being lost, in widths and heights of the cover.
    private static let reach = 1.0
    /// As good as the same moment, in seconds.
    private static let instant = 1e-3

    /// Covers a track, but not across a cut.
    ///
    /// - Parameters:
    ///   - track: Where somebody was found.
    ///   - care: How much is done.
    ///   - cuts: When scenes begin, rising.
    init(_ track: SubjectTrack, _ care: CoverCare, cuts: [MediaTime]) {
        let places = track.points.map { FrameCover.Trail.Point($0.time.seconds, Self.area($0.box, care.margin)) }
        let found = Self.around(places)
        let before = cuts.last { $0 <= track.range.start }?.seconds ?? 0
        let after = cuts.first { $0 > track.range.end }?.seconds ?? .infinity
        let (first, last) = (found[0], found[found.count - 1])
        var points: [FrameCover.Trail.Point] = []
        let entry = max(first.seconds - care.hold, before)
        if entry < first.seconds {
            let area = Self.carried(places[0], from: places[min(1, places.count - 1)], for: care.hold).union(first.area)
            points += [.init(entry, area), .init(max(entry, first.seconds - Self.instant), area)]
        }
        for (point, next) in zip(found, found.dropFirst()) {
            points.append(point)
            guard next.seconds - point.seconds > Self.straight else { continue }
            let both = point.area.union(next.area)
            points += [.init(point.seconds + Self.instant, both), .init(next.seconds - Self.instant, both)]
        }
        points.append(last)
        let exit = min(last.seconds + care.hold, after)
        if exit > last.seconds {
            let end = places.count - 1
            let area = Self.carried(places[end], from: places[max(0, end - 1)], for: care.hold).union(last.area)
            points += [.init(min(exit, last.seconds + Self.instant), area), .init(exit, area)]
        }
        trail = FrameCover.Trail(points)
    }

    /// Each find with those just before and behind it: in profile a beard may be found for the face.
    private static func around(_ points: [FrameCover.Trail.Point]) -> [FrameCover.Trail.Point] {
        points.map { point in
            let near = points.filter { abs($0.seconds - point.seconds) <= vicinity }
            return .init(point.seconds, near.reduce(point.area) { $0.union($1.area) })
        }
    }

    private static func area(_ box: Box, _ margin: Double) -> FrameCover.Area {
        FrameCover.Area(
            x: box.x - margin * box.width,
            y: box.y - margin * box.height,
            width: box.width * (1 + 2 * margin),
            height: box.height * (1 + 2 * margin)
        )
    }

    /// What is covered where somebody was last, and where that one gets to by going on.
    private static func carried(
        _ point: FrameCover.Trail.Point,
        from other: FrameCover.Trail.Point,
        for seconds: Double
    ) -> FrameCover.Area {
        let passed = abs(point.seconds - other.seconds)
        guard passed > 0, passed <= straight else { return point.area }
        func moved(_ place: Double, _ earlier: Double, _ size: Double) -> Double {
            place + min(max((place - earlier) / passed * seconds, -reach * size), reach * size)
        }
        let (area, before) = (point.area, other.area)
        return area.union(
            FrameCover.Area(
                x: moved(area.x, before.x, area.width),
                y: moved(area.y, before.y, area.height),
                width: area.width,
                height: area.height
            )
        )
    }
}
