internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia

extension ReelPlan {
    /// For how long a shot and the one before it are on together.
    func overlap(before number: Int) -> MediaTime { overlaps.indices.contains(number) ? overlaps[number] : .zero }

    /// For how long a shot and the one behind it are on together.
    func overlap(behind number: Int) -> MediaTime {
        shots.indices.dropFirst(number + 1).first { shots[$0].duration > .zero }.map { overlap(before: $0) } ?? .zero
    }

    /// How a shot comes and goes.
    func transition(of number: Int) -> ShotTransition {
        let place = places[number]
        switch transition {
        case .cut:
            // An album goes through black where another day begins.
            let days = titles?.days ?? [:]
            let quarter = MediaTime(ticks: place.duration.ticks, timescale: place.duration.timescale * 4)
            let length = min(Self.fade, quarter)
            return ShotTransition(
                place: place,
                entry: number > 0 && days[number] != nil ? length : .zero,
                exit: days[number + 1] != nil && number + 1 < shots.count ? length : .zero
            )
        case .dissolve:
            return ShotTransition(
                place: place,
                manner: .neighbour,
                entry: overlap(before: number),
                exit: overlap(behind: number)
            )
        case .fade:
            let half = MediaTime(ticks: place.duration.ticks, timescale: place.duration.timescale * 2)
            let length = min(Self.fade, half)
            return ShotTransition(place: place, entry: length, exit: length)
        }
    }

    /// The same plan with each pair of shots on together for as long as they dissolve into one another.
    ///
    /// Half a second, less where a shot is short, and always a whole number of the first one's frames. Shots that
    /// follow on each other in the source too do not dissolve.
    func overlapping(in source: MediaSource) -> ReelPlan {
        var plan = self
        plan.overlaps = transition == .dissolve ? overlaps(in: source) : []
        return plan
    }

    private func overlaps(in source: MediaSource) -> [MediaTime] {
        var before: TimeRange?
        return shots.map { shot in
            guard shot.duration > .zero else { return .zero }
            defer { before = shot }
            guard let last = before, last.end != shot.start else { return .zero }
            let third = min(last.duration, shot.duration)
            let length = min(Self.dissolve, MediaTime(ticks: third.ticks, timescale: third.timescale * 3))
            let base = source.video.timeBase
            let from = (last.end - length + source.origin).timestamp(in: base)
            let until = (last.end + source.origin).timestamp(in: base)
            let first = source.track.entries.lazy
                .filter { !$0.isDiscarded && $0.pts >= from && $0.pts < until }
                .map(\.pts).min()
            return first.map { last.end - (MediaTime(timestamp: $0, base: base) - source.origin) } ?? .zero
        }
    }

    /// How long two shots dissolve into one another.
    private static let dissolve = MediaTime(ticks: 1, timescale: 2)
    /// How long a shot takes to come out of black, and to go back.
    private static let fade = MediaTime(ticks: 1, timescale: 4)

    /// A chapter for each shot, named by when the source shows it; none for a single shot.
    ///
    /// The first one begins with the reel, the last one ends with it, and each ends where the next one begins.
    var chapters: [ReelChapter] {
        let shown = zip(shots, places).filter { $1.duration > .zero }
        guard shown.count > 1 else { return [] }
        if let days = titles?.days, !days.isEmpty { return chapters(of: days) }
        return shown.indices.map { number in
            ReelChapter(
                title: ClockText.milliseconds(shown[number].0.start.seconds),
                start: number == 0 ? .zero : shown[number].1.start,
                end: number + 1 < shown.count ? shown[number + 1].1.start : duration
            )
        }
    }

    /// A chapter for each day of an album.
    private func chapters(of days: [Int: String]) -> [ReelChapter] {
        let begins = days.filter { places.indices.contains($0.key) }.sorted { $0.key < $1.key }
        return begins.indices.map { number in
            ReelChapter(
                title: begins[number].value,
                start: number == 0 ? .zero : places[begins[number].key].start,
                end: number + 1 < begins.count ? places[begins[number + 1].key].start : duration
            )
        }
    }

    /// The shots as they were written.
    ///
    /// - Parameters:
    ///   - copies: What of each was taken over.
    ///   - edges: How each was meant to begin and end.
    ///   - marks: How loud the reel is meant to be around the start of each; nil without audio.
    /// - Returns: A shot for each one planned.
    func written(copies: [ShotCopy], edges: [ShotEdges], marks: [AudioMark]?) -> [ReelShot] {
        zip(shots, places).enumerated().map { number, shot in
            ReelShot(
                range: shot.0,
                place: shot.1,
                copy: copies[number],
                edges: edges[number],
                mark: marks.map { $0[number] }
            )
        }
    }
}
