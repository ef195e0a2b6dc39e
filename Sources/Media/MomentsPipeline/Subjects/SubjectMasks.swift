internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsMedia
internal import MomentsSubjects
internal import MomentsSystem

/// Tells which pixels belong to whoever is followed through chosen moments, in a few pictures.
struct SubjectMasks {
    /// Tells; nil for colours alone.
    let model: ModelShelf.Model?
    let pictures: SubjectFrames
    /// The chosen moments.
    let shots: [TimeRange]

    /// Subjects of a shot of which it is told, the foremost first.
    private static let mostInShot = 3

    /// Where a mask is wanted.
    private struct Wish {
        let track: SubjectTrack
        let point: SubjectTrack.Point
    }

    /// How many there are at most, so that they cost a small share of what decoding the video does.
    ///
    /// - Parameter seconds: How long the video is.
    /// - Returns: 4 to 24.
    static func budget(_ seconds: Double) -> Int { min(24, max(4, Int(seconds / 25))) }

    /// Makes masks.
    ///
    /// - Parameters:
    ///   - tracks: Who is followed.
    ///   - duration: How long the video is, in seconds.
    ///   - context: The job with what the stage declares.
    /// - Returns: The masks by time, and the model that made some of them; a damaged one is told of, and does without.
    /// - Throws: `MediaError` where a picture is damaged, or the job is stopped.
    func masks(
        of tracks: [SubjectTrack],
        duration: Double,
        in context: StageContext
    ) throws -> (masks: [SubjectMask], model: ModelShelf.Model?) {
        guard context.spec.options.subjects.masks == .auto else { return ([], nil) }
        let places = Dictionary(zip(pictures.times, pictures.times.indices), uniquingKeysWith: { first, _ in first })
        let wishes = Dictionary(grouping: wishes(tracks, Self.budget(duration)), by: \.point.time)
        var segmenter = try model.flatMap { model in try usable(context) { try Segmenter(model) } }
        var masks: [SubjectMask] = []
        for (time, wishes) in wishes.sorted(by: { $0.key < $1.key }) {
            try context.interrupt.check("look at")
            guard let place = places[time] else { continue }
            let picture = try pictures.picture(place, matrix: context.source.video.format.matrix)
            let segmented = try segmenter.flatMap { model in try usable(context) { try model.segment(picture) } }
            if segmented == nil { segmenter = nil }
            for wish in wishes {
                let known = segmented?.mask(of: wish.track.name, in: wish.point.box)
                guard let mask = known ?? SubjectCutter.cut(wish.point.box, outOf: picture) else { continue }
                masks.append(
                    SubjectMask(
                        track: wish.track.id,
                        time: time,
                        number: pictures.numbers[place],
                        method: known == nil ? SubjectCutter.name : segmenter?.name ?? SubjectCutter.name,
                        part: mask.part,
                        cells: mask.cells
                    )
                )
            }
        }
        return (masks, masks.contains { $0.method == model?.name } ? model : nil)
    }

    /// What a model does, where it does not fail, which is told.
    private func usable<Value>(_ context: StageContext, _ body: () throws -> Value) throws -> Value? {
        do { return try body() } catch let trouble as ModelTrouble {
            context.report(.note("Masks in '\(context.spec.name.display)' are by colours alone. \(trouble)"))
            return nil
        }
    }

    /// Whose masks are wanted, and when: as many for each as there is room for, evenly over the shot.
    private func wishes(_ tracks: [SubjectTrack], _ budget: Int) -> [Wish] {
        let seen = shots.flatMap { shot in
            let there = tracks.filter { $0.points.count > 1 }.map { track in
                (track: track, points: track.points.filter { shot.contains($0.time) })
            }.filter { !$0.points.isEmpty }
            return there.map { (track: $0.track, points: $0.points, weight: Self.weight($0.track, $0.points)) }
                .sorted { ($1.weight, $0.track.id) < ($0.weight, $1.track.id) }.prefix(Self.mostInShot)
        }
        guard !seen.isEmpty else { return [] }
        let each = max(1, budget / seen.count)
        return seen.prefix(budget).flatMap { entry in
            let count = min(each, entry.points.count)
            return (0..<count).map { number in
                Wish(track: entry.track, point: entry.points[(number * 2 + 1) * entry.points.count / (2 * count)])
            }
        }
    }

    /// How much of somebody is seen: whole people before faces, and faces before things.
    private static func weight(_ track: SubjectTrack, _ points: [SubjectTrack.Point]) -> Double {
        let size = points.reduce(0) { $0 + $1.box.area.squareRoot() * $1.confidence }
        return track.kind == .people ? 4 * size : track.kind == .faces ? 2 * size : size
    }
}
